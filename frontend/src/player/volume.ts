import { readPreference, writePreference } from '../frame/preference';

export interface Volume {
  readonly level: number;
  readonly muted: boolean;
}

const KEY = 'kanade.volume';

/** What every page is exported with; the browser's own follows when it starts. */
export const DEFAULT_VOLUME: Volume = { level: 0.8, muted: false };

/** Silence is not remembered: a player that starts mute looks broken. */
export const initialVolume: Volume = { level: levelOf(readPreference(KEY)), muted: false };

export const keepVolume = ({ level }: Volume): void => writePreference(KEY, level.toFixed(2));

function levelOf(stored: string | null): number {
  const level = Number(stored);
  return stored !== null && level > 0.02 && level <= 1 ? level : DEFAULT_VOLUME.level;
}
