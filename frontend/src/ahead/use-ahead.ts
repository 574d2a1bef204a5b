'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isMobileData } from '../quality/mobile-data';
import { PLACES } from '../frame/places';
import { usePlayer } from '../player/player-context';
import { atFirstSign, whenSettled } from '../player/presence';
import type { Likely } from './likely';

/** Who pays for every byte, or asked to be spared, is sent none that may be of no use. */
const isSparing = (): boolean =>
  isMobileData() || Reflect.get(Reflect.get(navigator, 'connection') ?? {}, 'saveData') === true;

/** What the hand rests on is fetched before it presses: the page of a link, the first sound of a row. */
export function useAhead(): void {
  const queries = useQueryClient();
  const player = usePlayer();
  const router = useRouter();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    const begin = async () => {
      const [{ followHand }, { fetchAhead }] = await Promise.all([import('./hand'), import('./fetch-ahead')]);
      if (isOver) return;
      stop = followHand(({ likely, href }) => {
        if (isSparing()) return;
        if (href !== null) router.prefetch(href);
        if (likely) void fetchAhead({ queries, player }, likely, href === null);
      });
    };
    begin().catch(() => undefined);
    // Not before anybody is there: what plays is most of all scripts, and a page that is only read needs none of it.
    const unsign = atFirstSign(() => {
      if (!isSparing()) player.warm();
    });
    const unsettle = whenSettled(() => {
      if (!isSparing()) for (const { href } of PLACES) router.prefetch(href);
    });
    return () => {
      isOver = true;
      unsign();
      unsettle();
      stop?.();
    };
  }, [queries, player, router]);
}

/** What stands first on the page will be pressed more often than not. */
export function useLikely(kind: Exclude<Likely['kind'], 'home'>, id: string): void {
  const queries = useQueryClient();
  const player = usePlayer();
  useEffect(() => {
    if (isSparing()) return;
    const rest = setTimeout(() => {
      void import('./fetch-ahead')
        .then(({ fetchAhead }) => fetchAhead({ queries, player }, { kind, id }))
        .catch(() => undefined);
    }, 250);
    return () => clearTimeout(rest);
  }, [kind, id, queries, player]);
}
