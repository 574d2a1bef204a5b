import { readPreference, writePreference } from '../frame/preference';
import { createStore } from '../player/store';

export const LOUDNESS_MODES = ['off', 'track', 'album', 'auto'] as const;
export type LoudnessMode = (typeof LOUDNESS_MODES)[number];
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;
export const LONGEST_CROSSFADE_SECONDS = 12;

/** How everything sounds in this browser. */
export interface SoundSettings {
  readonly loudness: LoudnessMode;
  readonly crossfadeSeconds: number;
  readonly speed: number;
  readonly visualiser: boolean;
}

/** Nothing is done to the sound until somebody asks for it. */
export const DEFAULT_SOUND: SoundSettings = {
  loudness: 'off',
  crossfadeSeconds: 0,
  speed: 1,
  visualiser: false,
};

export const isLoudnessMode = (name: unknown): name is LoudnessMode =>
  LOUDNESS_MODES.some((mode) => mode === name);

const within = (value: unknown, least: number, most: number, otherwise: number): number =>
  typeof value === 'number' && value >= least && value <= most ? value : otherwise;

/** What a stored text means; whatever nobody could have set is as if it were not there. */
export const readSound = (stored: string | null): SoundSettings => {
  const { loudness, crossfadeSeconds, speed, visualiser } = parse(stored);
  return {
    loudness: isLoudnessMode(loudness) ? loudness : DEFAULT_SOUND.loudness,
    crossfadeSeconds: Math.round(within(crossfadeSeconds, 0, LONGEST_CROSSFADE_SECONDS, 0)),
    speed: within(speed, 0.5, 2, 1),
    visualiser: visualiser === true,
  };
};

const parse = (stored: string | null): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

const KEY = 'kanade.sound';

export const soundStore = createStore(
  (now: SoundSettings, to: Partial<SoundSettings>): SoundSettings => ({ ...now, ...to }),
  readSound(readPreference(KEY)),
);

soundStore.subscribe(() => writePreference(KEY, JSON.stringify(soundStore.getState())));
