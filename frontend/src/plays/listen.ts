import type { PlayEvent } from '../api/client';
import type { QueueAction, QueueSource } from '../player/queue-reducer';

export type Ending = NonNullable<NonNullable<PlayEvent['context']>['endedBy']>;

/** One beginning of one track, and what was heard of it by now. */
export interface Listen {
  readonly id: string;
  readonly trackId: string;
  readonly source: QueueSource;
  /** Milliseconds since 1970 when its first sound was heard; null before that. */
  readonly startedMs: number | null;
  readonly playedMs: number;
  readonly last: Reading | null;
}

/** Where the sound stood, and at which time; both in milliseconds, the second by a clock that nobody sets. */
export interface Reading {
  readonly positionMs: number;
  readonly atMs: number;
}

export const beginListen = (id: string, trackId: string, source: QueueSource): Listen => ({
  id,
  trackId,
  source,
  startedMs: null,
  playedMs: 0,
  last: null,
});

/** Pure: what came on since the last reading was heard, as far as time went on as well: a seek moves the place alone. */
export const hear = (listen: Listen, reading: Reading, nowMs: number): Listen => {
  const { last } = listen;
  if (last === null) return { ...listen, last: reading };
  const heardMs = Math.max(0, Math.min(reading.positionMs - last.positionMs, reading.atMs - last.atMs));
  if (heardMs === 0) return { ...listen, last: reading };
  const startedMs = listen.startedMs ?? nowMs - heardMs;
  return { ...listen, startedMs, playedMs: listen.playedMs + heardMs, last: reading };
};

/** Pure: what the server is told; null of what was not heard at all. */
export const eventOf = (listen: Listen, endedBy: Ending): PlayEvent | null => {
  const { id, trackId, startedMs, playedMs, source } = listen;
  if (startedMs === null) return null;
  return {
    id,
    trackId,
    startedAt: new Date(startedMs).toISOString(),
    playedMs: Math.round(playedMs),
    context: { source: source.kind, ...('id' in source && { sourceId: source.id }), endedBy },
  };
};

const ENDINGS: Readonly<Partial<Record<QueueAction['type'], Ending>>> = {
  skip: 'next',
  remove: 'next',
  previous: 'previous',
  play: 'chosen',
  jump: 'chosen',
  advanced: 'finished',
  ended: 'finished',
  failed: 'failed',
};

/** Pure: what an action that began another track, or none, says of the one before. */
export const endingOf = ({ type }: QueueAction): Ending => ENDINGS[type] ?? 'stopped';
