'use client';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { TARGET_LUFS } from './loudness';
import {
  DEFAULT_SOUND,
  isLoudnessMode,
  LONGEST_CROSSFADE_SECONDS,
  LOUDNESS_MODES,
  soundStore,
  SPEEDS,
} from './sound-settings';
import { hasLastingWebAudio } from './web-audio';

/** How everything sounds: loudness, overlap, speed, and what is drawn of it. */
export function SoundFields({ hasScreen = true }: { readonly hasScreen?: boolean }) {
  const t = useTranslations('sound');
  const settings = useSyncExternalStore(soundStore.subscribe, soundStore.getState, () => DEFAULT_SOUND);
  const { loudness, crossfadeSeconds, speed, visualiser } = settings;
  const overlap = crossfadeSeconds === 0 ? t('crossfadeOff') : t('seconds', { count: crossfadeSeconds });
  return (
    <>
      <label className="setting">
        <span>{t('loudness')}</span>
        <select
          className="input input-small"
          value={loudness}
          onChange={({ currentTarget: { value } }) =>
            isLoudnessMode(value) && soundStore.dispatch({ loudness: value })
          }
        >
          {LOUDNESS_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {t(`loudnessModes.${mode}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="hint">
        {hasLastingWebAudio()
          ? t('loudnessHint', { lufs: -TARGET_LUFS })
          : t('loudnessHintDown', { lufs: -TARGET_LUFS })}
      </p>
      {hasLastingWebAudio() && (
        <label className="setting">
          <span>{t('crossfade')}</span>
          <input
            className="level"
            type="range"
            min={0}
            max={LONGEST_CROSSFADE_SECONDS}
            step={1}
            value={crossfadeSeconds}
            style={{ '--level': crossfadeSeconds / LONGEST_CROSSFADE_SECONDS }}
            aria-valuetext={overlap}
            onChange={({ currentTarget: { value } }) =>
              soundStore.dispatch({ crossfadeSeconds: Number(value) })
            }
          />
          <output className="num">{overlap}</output>
        </label>
      )}
      <label className="setting">
        <span>{t('speed')}</span>
        <select
          className="input input-small"
          value={speed}
          onChange={({ currentTarget: { value } }) => soundStore.dispatch({ speed: Number(value) })}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {t('times', { value: each })}
            </option>
          ))}
        </select>
      </label>
      {hasScreen && hasLastingWebAudio() && (
        <label className="setting">
          <span>{t('visualiser')}</span>
          <input
            type="checkbox"
            checked={visualiser}
            onChange={({ currentTarget: { checked } }) => soundStore.dispatch({ visualiser: checked })}
          />
        </label>
      )}
    </>
  );
}
