'use client';
import { useEffect } from 'react';
import { usePlayer } from '../player/player-context';
import { deviceNameOf } from '../settings/device-name';
import { QueueKeeper } from './queue-keeper';

/** The queue of somebody with an account goes on where it was left, here or on another device. */
export function useKeptQueue(userId: string | undefined): void {
  const player = usePlayer();
  useEffect(() => {
    if (userId === undefined) return;
    const { program, system } = deviceNameOf(navigator.userAgent);
    return new QueueKeeper(player, [program, system].filter(Boolean).join(', ')).connect();
  }, [player, userId]);
}
