'use client';
import { useEffect } from 'react';
import { reachability } from '../api/reachability';
import { usePlayer } from '../player/player-context';
import { MemoryShelf } from './memory-shelf';
import { Outbox, type Shelf } from './outbox';
import { PlayRecorder } from './play-recorder';
import { PlaySender } from './play-sender';

/** What somebody with an account hears is told to the server, under their name alone. */
export function usePlayReports(userId: string | undefined): void {
  const player = usePlayer();
  useEffect(() => {
    if (userId === undefined) return;
    const outbox = new Outbox(shelf(), userId);
    const sender = new PlaySender(outbox);
    const recorder = new PlayRecorder(player, outbox, () => void sender.send());
    const again = reachability.subscribe(() => reachability.getState().online && void sender.send());
    const stops = [recorder.connect(), sender.connect(), again];
    return () => {
      for (const stop of stops) stop();
    };
  }, [player, userId]);
}

/** Where the browser keeps nothing, events wait in the page. */
const shelf = (): Shelf => {
  try {
    return localStorage;
  } catch {
    return new MemoryShelf();
  }
};
