import type { paths } from '../api/types';
import type { FailureKind } from '../player/failure';
import type { HeardRung, PlaybackStatus } from '../player/playback-status';

export type Experience =
  paths['/api/playback/experience']['post']['requestBody']['content']['application/json']['events'][number];

type Phase = PlaybackStatus['phase'];

/** What is known of what goes on: since when, and in what. */
export interface Watched {
  readonly phase: Phase;
  readonly sinceMs: number;
  readonly heard: HeardRung | null;
  /** It has sounded since it was loaded: a wait before that is part of the start. */
  readonly hasSounded: boolean;
}

export const NOTHING_WATCHED: Watched = { phase: 'idle', sinceMs: 0, heard: null, hasSounded: false };

/** Too short to be noticed: a seek, a join between two loads. */
const SHORTEST_REBUFFER_MS = 50;

const rungOf = (heard: HeardRung | null) => ({
  codec: heard?.codec ?? ('original' as const),
  bitrateKbps: heard?.bitrateKbps ?? 0,
});

const lasted = (fromMs: number, toMs: number): number =>
  Math.min(3_600_000, Math.max(0, Math.round(toMs - fromMs)));

/** Pure: what a change of the player's status tells of the delivery. */
export const observe = (
  watched: Watched,
  { phase, heard }: PlaybackStatus,
  nowMs: number,
): { readonly watched: Watched; readonly events: readonly Experience[] } => {
  const isSameRung =
    watched.heard?.codec === heard?.codec && watched.heard?.bitrateKbps === heard?.bitrateKbps;
  if (phase === watched.phase && isSameRung) return { watched, events: [] };
  const lastedMs = lasted(watched.sinceMs, nowMs);
  const events: Experience[] = [];
  if (watched.phase === 'playing' && lastedMs > 0)
    events.push({ kind: 'heard', lastedMs, ...rungOf(watched.heard) });
  // A start is one wait, whatever its stages are called.
  const starts = !watched.hasSounded && (watched.phase === 'loading' || watched.phase === 'waiting');
  if (starts && phase === 'playing') events.push({ kind: 'start', lastedMs, ...rungOf(heard) });
  if (
    watched.phase === 'waiting' &&
    watched.hasSounded &&
    phase === 'playing' &&
    lastedMs >= SHORTEST_REBUFFER_MS
  )
    events.push({ kind: 'rebuffer', lastedMs, ...rungOf(heard) });
  const goesOn = starts && phase === 'waiting';
  const hasSounded =
    phase === 'loading' || phase === 'idle' ? false : watched.hasSounded || phase === 'playing';
  const sinceMs = goesOn ? watched.sinceMs : nowMs;
  return { watched: { phase, sinceMs, heard, hasSounded }, events };
};

export const failureEvent = (failure: FailureKind | 'damaged'): Experience => ({ kind: 'failure', failure });
