'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import * as Dialog from 'radix-ui/dialog';
import { useState } from 'react';
import { hearSigns, signsAreHeard } from './bind-shortcuts';
import { GROUPS, SHORTCUTS } from './table';

const ARROWS: Readonly<Record<string, string>> = { ArrowRight: '→', ArrowLeft: '←' };

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shortcuts');
  const player = useTranslations('player');
  const [signs, setSigns] = useState(signsAreHeard);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog dialog-wide pop" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>{t('title')}</Dialog.Title>
            <Dialog.Close className="ib" aria-label={player('dismiss')} title={player('dismiss')}>
              <X />
            </Dialog.Close>
          </div>
          <div className="shortcuts">
            {GROUPS.map((group) => (
              <section key={group} aria-label={t(`groups.${group}`)}>
                <h3>{t(`groups.${group}`)}</h3>
                <dl>
                  {SHORTCUTS.filter((each) => each.group === group).map(({ id, chords }) => (
                    <div key={id}>
                      <dt>{t(`acts.${id}`)}</dt>
                      <dd>
                        {chords.map((chord) => (
                          <Chord key={chord} chord={chord} />
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <label className="check">
            <input
              type="checkbox"
              checked={signs}
              onChange={(event) => {
                setSigns(event.target.checked);
                hearSigns(event.target.checked);
              }}
            />
            <span>
              {t('signs')}
              <small className="hint block">{t('signsHint')}</small>
            </span>
          </label>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Chord({ chord }: { readonly chord: string }) {
  const t = useTranslations('shortcuts');
  const nameOf = (key: string): string => {
    if (key === ' ') return t('space');
    if (key === 'Mod') return isApple() ? '⌘' : 'Ctrl';
    return ARROWS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  };
  // A plus by itself is a key, not what joins two.
  const keys = chord.length === 1 ? [chord] : chord.split('+');
  return (
    <span className="chord">
      {keys.map((key) => (
        <kbd key={key}>{nameOf(key)}</kbd>
      ))}
    </span>
  );
}
