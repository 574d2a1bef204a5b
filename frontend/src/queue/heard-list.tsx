'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { Name } from '../components/name';
import { useMenuTarget } from '../menu/use-menu-target';
import { NOTHING_HEARD } from '../player/heard';
import { usePlayer } from '../player/player-context';
import type { QueueItem } from '../player/queue-reducer';
import { clock } from '../player/time-text';

/** What this page has played so far; what sounds now stands below it. */
export function HeardList() {
  const t = useTranslations('queue');
  const { heard } = usePlayer();
  const { items } = useSyncExternalStore(heard.subscribe, heard.getState, () => NOTHING_HEARD);
  const past = items.slice(1);
  if (past.length === 0) return null;
  return (
    <details className="heard">
      <summary className="queue-head">
        <span>{t('heard', { count: past.length })}</span>
        <ChevronRight className="s" />
      </summary>
      <ol>
        {past.map((item, at) => (
          <HeardRow key={past.length - at} item={item} />
        ))}
      </ol>
    </details>
  );
}

function HeardRow({ item: { key, track } }: { readonly item: QueueItem }) {
  const t = useTranslations('queue');
  const { queue } = usePlayer();
  const source = { kind: 'history' } as const;
  const play = () => {
    const state = queue.getState();
    const stands = state.kind === 'active' && state.items.some((each) => each.key === key);
    if (stands) return queue.dispatch({ type: 'jump', key });
    queue.dispatch({ type: 'add', tracks: [track], source, next: true });
    if (state.kind === 'active') queue.dispatch({ type: 'skip' });
  };
  const target = useMenuTarget({ kind: 'track', track, source, play });
  return (
    <li className="queue-row" {...target}>
      <Cover artwork={track.artwork} size={64} />
      <button
        type="button"
        className="jump min-w-0 text-left"
        aria-label={t('again', { title: track.title })}
        onClick={play}
      >
        <b className="ell">
          <Name className="">{track.title}</Name>
        </b>
        <span className="by ell">{creditText(track.artists)}</span>
      </button>
      <span className="num">{clock(track.durationMs)}</span>
    </li>
  );
}
