/** What the engine is doing now, as opposed to what the listener wants (`intent` in the queue). */
export interface PlaybackStatus {
  readonly phase: 'idle' | 'loading' | 'waiting' | 'playing' | 'paused';
  readonly rendition: string | null;
}

export const IDLE: PlaybackStatus = { phase: 'idle', rendition: null };

/** An update that changes nothing keeps its identity, so that nobody renders again for it. */
export const updateStatus = (status: PlaybackStatus, update: Partial<PlaybackStatus>): PlaybackStatus => {
  const next = { ...status, ...update };
  return next.phase === status.phase && next.rendition === status.rendition ? status : next;
};
