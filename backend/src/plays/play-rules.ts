/**
 * What is a play and what is a skip, decided here and nowhere else; both are of one event, from its start to the moment
 * when the listener went on:
 * - a play: half of the track was heard, or 4 minutes of it;
 * - a skip: the listener moved on to other music before 30 seconds, and before half, were heard;
 * - everything else is partial: it is in the history, and counts as neither.
 * Of a track whose length nobody knows yet there is no half.
 */
export const OUTCOMES = ['play', 'skip', 'partial'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How an event came to its end. */
export const ENDINGS = ['finished', 'next', 'previous', 'chosen', 'stopped', 'closed', 'failed'] as const;
export type Ending = (typeof ENDINGS)[number];

/** The listener wanted to hear something else: who stops, or closes the page, says nothing of the track. */
const MOVED_ON: ReadonlySet<Ending | null> = new Set<Ending>(['next', 'previous', 'chosen']);

export const LONG_ENOUGH_MS = 240_000;
export const SKIPPED_WITHIN_MS = 30_000;

export interface Heard {
  /** Sound that was heard, without pauses. */
  readonly playedMs: number;
  readonly durationMs: number | null;
  readonly endedBy: Ending | null;
}

/** Pure. */
export const outcomeOf = ({ playedMs, durationMs, endedBy }: Heard): Outcome => {
  const half = durationMs === null ? Infinity : durationMs / 2;
  if (playedMs > 0 && playedMs >= Math.min(half, LONG_ENOUGH_MS)) return 'play';
  return MOVED_ON.has(endedBy) && playedMs < SKIPPED_WITHIN_MS ? 'skip' : 'partial';
};

/** What a device's clock is worth: `ahead` and `behind` are of events whose time cannot be true. */
export type Clock = 'right' | 'ahead' | 'behind';

/** Clocks differ, and messages take their time. */
export const TOLERATED_AHEAD_MS = 2 * 60_000;
/** Devices stay without a network for months, not for years. */
export const OLDEST_MS = 366 * 86_400_000;

export interface TimedEvent {
  /** As the device tells it. */
  readonly toldMs: number;
  readonly playedMs: number;
  readonly receivedMs: number;
}

/** Pure: when it began as far as that can be; what cannot be is put where it ends as it arrives, and flagged. */
export const placeInTime = ({
  toldMs,
  playedMs,
  receivedMs,
}: TimedEvent): { readonly startedMs: number; readonly clock: Clock } => {
  const asItArrives = receivedMs - playedMs;
  if (toldMs > asItArrives + TOLERATED_AHEAD_MS) return { startedMs: asItArrives, clock: 'ahead' };
  if (toldMs < receivedMs - OLDEST_MS) return { startedMs: asItArrives, clock: 'behind' };
  return { startedMs: Math.min(toldMs, receivedMs), clock: 'right' };
};
