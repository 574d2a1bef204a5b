'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';
import { notify } from '../notices/notices';
import { usePlayer } from '../player/player-context';
import { deviceNameOf } from '../settings/device-name';
import { QueueKeeper } from './queue-keeper';

/** The queue of somebody with an account goes on where it was left, here or on another device. */
export function useKeptQueue(userId: string | undefined): void {
  const t = useTranslations('queue');
  const player = usePlayer();
  const offer = useEffectEvent((device: string, take: () => void) =>
    notify({ text: t('elsewhere', { device }), action: { label: t('goOnHere'), run: take } }),
  );
  useEffect(() => {
    if (userId === undefined) return;
    const { program, system } = deviceNameOf(navigator.userAgent);
    const here = [program, system].filter(Boolean).join(', ');
    return new QueueKeeper(player, here, (device, take) => offer(device, take)).connect();
  }, [player, userId]);
}
