'use client';
import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { useCurrentItem } from '../player/player-context';
import { fullScreen } from './open-state';

const Screen = dynamic(() => import('./now-playing-screen').then((file) => file.NowPlayingScreen), {
  ssr: false,
});

/** Fetched when it is wanted for the first time. */
export function FullScreen() {
  const shown = useSyncExternalStore(fullScreen.subscribe, fullScreen.getState, () => false);
  const item = useCurrentItem();
  return shown && item ? <Screen track={item.track} /> : null;
}
