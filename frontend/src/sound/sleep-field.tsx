'use client';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { SLEEP_MINUTES, sleepStore, type Sleep } from './sleep-timer';

const chosen = (value: string): Sleep => {
  if (value === 'track' || value === 'album') return { kind: value };
  const minutes = SLEEP_MINUTES.find((each) => String(each) === value);
  return minutes === undefined
    ? { kind: 'off' }
    : { kind: 'minutes', minutes, endsAtMs: Date.now() + minutes * 60_000 };
};

export function SleepField() {
  const t = useTranslations('sound');
  const sleep = useSyncExternalStore(sleepStore.subscribe, sleepStore.getState, sleepStore.getState);
  return (
    <>
      <label className="setting">
        <span>{t('sleep')}</span>
        <select
          className="input input-small"
          value={sleep.kind === 'minutes' ? String(sleep.minutes) : sleep.kind}
          onChange={({ currentTarget: { value } }) => sleepStore.dispatch(chosen(value))}
        >
          <option value="off">{t('sleepOff')}</option>
          {SLEEP_MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {t('sleepMinutes', { count: minutes })}
            </option>
          ))}
          <option value="track">{t('sleepTrack')}</option>
          <option value="album">{t('sleepAlbum')}</option>
        </select>
      </label>
      {sleep.kind === 'minutes' && (
        <p className="hint" role="status">
          {t('sleepAt', { at: new Date(sleep.endsAtMs) })}
        </p>
      )}
    </>
  );
}
