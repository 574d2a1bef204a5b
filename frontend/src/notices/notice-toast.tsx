'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { IconButton } from '../components/icon-button';
import { notes } from './notices';

/** Long enough to read a sentence and to reach its button; it waits while it is pointed at or has the focus. */
const READING_TIME_MS = 10_000;

const nothing = () => null;

export function NoticeToast() {
  const t = useTranslations('notices');
  const note = useSyncExternalStore(notes.subscribe, notes.getState, nothing);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (note === null || isHeld) return;
    const timer = setTimeout(() => notes.dispatch(null), READING_TIME_MS);
    return () => clearTimeout(timer);
  }, [note, isHeld]);
  const act = () => {
    notes.dispatch(null);
    note?.action?.run();
  };
  const dismiss = () => {
    setHeld(false);
    notes.dispatch(null);
  };
  return (
    <div role="status">
      {note && (
        <div
          className="notice notice-plain toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <p>{note.text}</p>
          {note.action && (
            <button type="button" className="btn btn-quiet btn-small" onClick={act}>
              {note.action.label}
            </button>
          )}
          <IconButton small label={t('dismiss')} onClick={dismiss}>
            <X className="s" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
