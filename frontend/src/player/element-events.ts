import type { PlaybackStatus } from './playback-status';

const TICKS = ['timeupdate', 'seeking', 'seeked', 'durationchange', 'progress', 'emptied'] as const;

/** What an element tells of a load of ours; before and between loads it tells nothing but ticks. */
export interface ElementListener {
  readonly isLoaded: () => boolean;
  readonly onTick: () => void;
  readonly onPhase: (phase: PlaybackStatus['phase']) => void;
  readonly onStarted: () => void;
  readonly onIntent: (intent: 'play' | 'pause') => void;
  readonly onEnded: () => void;
  readonly onError: (error: MediaError | null) => void;
}

export const listenTo = (audio: HTMLAudioElement, to: ElementListener, signal: AbortSignal): void => {
  const on = (name: keyof HTMLMediaElementEventMap, handle: () => void): void =>
    audio.addEventListener(name, () => to.isLoaded() && handle(), { signal });
  for (const name of TICKS) audio.addEventListener(name, to.onTick, { signal });
  on('playing', () => {
    to.onPhase('playing');
    to.onStarted();
  });
  on('waiting', () => to.onPhase('waiting'));
  // Headphones pulled out, or another program: the element was told directly, so the queue has to hear of it.
  // An event comes late: by then something else may have been wanted, and what is no longer so is nobody's wish.
  on('play', () => {
    if (!audio.paused) to.onIntent('play');
  });
  on('pause', () => {
    if (!audio.paused) return;
    to.onPhase('paused');
    if (!audio.ended) to.onIntent('pause');
  });
  on('ended', to.onEnded);
  on('error', () => to.onError(audio.error));
};
