'use client';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Player } from './player';
import type { PlaybackStatus } from './playback-status';
import { currentItem, type QueueItem, type QueueState } from './queue-reducer';
import { DEFAULT_VOLUME, type Volume } from './volume';

const PlayerContext = createContext<Player | null>(null);

export function PlayerProvider({ children }: { readonly children: ReactNode }) {
  const [player] = useState(() => new Player());
  useEffect(() => player.connect(), [player]);
  return <PlayerContext value={player}>{children}</PlayerContext>;
}

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (!player) throw new Error('usePlayer is called outside PlayerProvider');
  return player;
}

export function useQueueState(): QueueState {
  const { queue } = usePlayer();
  return useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
}

export function useCurrentItem(): QueueItem | null {
  const { queue } = usePlayer();
  const read = () => currentItem(queue.getState());
  return useSyncExternalStore(queue.subscribe, read, read);
}

export function usePlaybackStatus(): PlaybackStatus {
  const { status } = usePlayer();
  return useSyncExternalStore(status.subscribe, status.getState, status.getState);
}

export function useVolume(): Volume {
  const { volume } = usePlayer();
  return useSyncExternalStore(volume.subscribe, volume.getState, () => DEFAULT_VOLUME);
}

/** A word, so that of a thousand rows only the two that change are drawn again. */
export function useRowState(trackId: string): 'none' | 'playing' | 'paused' {
  const { queue } = usePlayer();
  const read = () => {
    const state = queue.getState();
    if (state.kind === 'empty' || currentItem(state)?.track.id !== trackId) return 'none';
    return state.intent === 'play' ? 'playing' : 'paused';
  };
  return useSyncExternalStore(queue.subscribe, read, () => 'none');
}
