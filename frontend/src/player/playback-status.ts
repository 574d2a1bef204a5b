import type { StreamCodec } from './codec-choice';

/** What leaves the decoder: told by the address of its bytes, not by what was meant to be fetched. */
export interface HeardRung {
  readonly codec: StreamCodec;
  /** 0 of FLAC, which has no rung of its own. */
  readonly bitrateKbps: number;
}

/** What the engine is doing now, as opposed to what the listener wants (`intent` in the queue). */
export interface PlaybackStatus {
  readonly phase: 'idle' | 'loading' | 'waiting' | 'playing' | 'paused';
  /** Null while nothing is known, and where the original plays. */
  readonly heard: HeardRung | null;
}

export const IDLE: PlaybackStatus = { phase: 'idle', heard: null };

const isSame = (a: HeardRung | null, b: HeardRung | null): boolean =>
  a?.codec === b?.codec && a?.bitrateKbps === b?.bitrateKbps;

/** An update that changes nothing keeps its identity, so that nobody renders again for it. */
export const updateStatus = (status: PlaybackStatus, update: Partial<PlaybackStatus>): PlaybackStatus => {
  const next = { ...status, ...update };
  return next.phase === status.phase && isSame(next.heard, status.heard) ? status : next;
};
