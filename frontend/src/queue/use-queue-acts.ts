'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { notify } from '../notices/notices';
import { usePlayer } from '../player/player-context';
import { upcomingItems } from '../player/queue-reducer';
import { stepPlace } from './drop-place';
import type { RowActs } from './row-acts';

/** What can be done with rows of what comes next; each by its key. */
export function useQueueActs(): RowActs {
  const t = useTranslations('queue');
  const { queue } = usePlayer();
  return useMemo(() => {
    const order = (): readonly number[] => upcomingItems(queue.getState()).map(({ key }) => key);
    const move = (keys: ReadonlySet<number>, before: number | null): void =>
      queue.dispatch({ type: 'move', keys: [...keys], before });
    return {
      order,
      move,
      jump: (key: number): void => queue.dispatch({ type: 'jump', key }),
      playNext: (keys: ReadonlySet<number>): void => move(keys, order()[0] ?? null),
      step: (keys: ReadonlySet<number>, step: -1 | 1): void => {
        const place = stepPlace(order(), keys, step);
        if (place) move(keys, place.before);
      },
      remove: (keys: ReadonlySet<number>): void => {
        if (keys.size === 0) return;
        queue.dispatch({ type: 'remove', keys: [...keys] });
        notify({
          text: t('removed', { count: keys.size }),
          action: { label: t('undo'), run: () => queue.dispatch({ type: 'undo' }) },
        });
      },
    };
  }, [queue, t]);
}
