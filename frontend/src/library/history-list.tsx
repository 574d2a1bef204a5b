'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Eraser, X } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { HistoryEntry } from '../api/client';
import { historyQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { QueryProblem } from '../components/query-problem';
import { RowsSkeleton } from '../components/skeletons';
import { byDay } from './history-days';
import { EndSentinel } from './end-sentinel';
import { TrackLine } from './track-line';
import { useForgetPlay, useHiddenPlays } from './use-forget-play';

/** What the listener heard, day by day, the newest first. */
export function HistoryList() {
  const t = useTranslations('history');
  const pages = useInfiniteQuery(historyQuery);
  const hidden = useHiddenPlays();
  const entries = (pages.data?.pages ?? []).flatMap(({ items }) =>
    items.filter(({ id, track }) => !hidden.has(id) && !hidden.has(track.id)),
  );
  if (pages.error && entries.length === 0) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <RowsSkeleton count={8} heightPx={68} />;
  if (entries.length === 0) return <Empty title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <>
      {byDay(entries).map(({ day, heard }) => (
        <Day key={day.getTime()} day={day} heard={heard} />
      ))}
      <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}

function Day({ day, heard }: { readonly day: Date; readonly heard: readonly HistoryEntry[] }) {
  const t = useTranslations('history');
  const format = useFormatter();
  const forget = useForgetPlay();
  const tracks = heard.map(({ track }) => track);
  return (
    <section className="section">
      <header>
        <h2>{format.dateTime(day, { weekday: 'long', day: 'numeric', month: 'long' })}</h2>
      </header>
      <ol className="arrivals arrivals-one">
        {heard.map((entry, at) => (
          <TrackLine
            key={entry.id}
            tracks={tracks}
            at={at}
            source={{ kind: 'history' }}
            own={[
              {
                key: 'forget',
                label: t('remove'),
                named: t('removeNamed', { title: entry.track.title }),
                icon: X,
                run: () => forget.one(entry),
              },
              { key: 'forgetAll', label: t('removeAll'), icon: Eraser, run: () => forget.all(entry) },
            ]}
          />
        ))}
      </ol>
    </section>
  );
}
