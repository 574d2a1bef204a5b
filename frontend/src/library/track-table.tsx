'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TrackSort } from '../api/client';
import { tracksQuery, type CatalogFilter } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { RowsSkeleton } from '../components/skeletons';
import { usePlayer } from '../player/player-context';
import { EmptyShelf } from './empty-shelf';
import { COLUMNS } from './track-columns';
import { TrackTableRow } from './track-table-row';
import { useMediaQuery } from './use-media-query';

const ROW_PX = 36;
const PHONE_ROW_PX = 60;

interface TrackTableProps {
  readonly sort: TrackSort;
  readonly filter: CatalogFilter;
  readonly onSort: (sort: TrackSort) => void;
}

export function TrackTable({ sort, filter, onSort }: TrackTableProps) {
  const t = useTranslations('library');
  const player = usePlayer();
  const pages = useInfiniteQuery(tracksQuery(sort, filter));
  const tracks = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const rowPx = useMediaQuery('(max-width: 900px)') ? PHONE_ROW_PX : ROW_PX;
  const [body, offsetPx] = useOffsetInMain();
  const rows = useVirtualizer({
    count: tracks.length,
    getScrollElement: () => document.getElementById('main'),
    estimateSize: () => rowPx,
    getItemKey: (index) => tracks[index]?.id ?? index,
    scrollMargin: offsetPx,
    overscan: 12,
  });
  useEffect(() => rows.measure(), [rows, rowPx]);

  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= tracks.length - 40) void fetchNextPage();
  }, [last, tracks.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (pages.error && tracks.length === 0) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  if (pages.isSuccess && tracks.length === 0) return <EmptyShelf filter={filter} />;
  return (
    <div
      role="table"
      className="tb"
      aria-label={t('tracks')}
      aria-rowcount={hasNextPage ? -1 : tracks.length + 1}
    >
      <div role="row" className="tb-row tb-head" aria-rowindex={1}>
        <span role="columnheader" aria-hidden="true" />
        {COLUMNS.map((column) => (
          <ColumnHead key={column.key} column={column} current={sort} onSort={onSort} />
        ))}
        <span role="columnheader" aria-hidden="true" className="cell-acts" />
      </div>
      {pages.isPending && <RowsSkeleton count={20} heightPx={rowPx} />}
      <div ref={body} role="rowgroup" className="tb-body relative" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const track = tracks[index];
          if (!track) return null;
          const play = () =>
            player.queue.dispatch({ type: 'play', tracks, startAt: index, source: { kind: 'library' } });
          return (
            <TrackTableRow key={key} track={track} index={index} offsetPx={start - offsetPx} play={play} />
          );
        })}
      </div>
    </div>
  );
}

/** How far below the top of the scrolling page the rows begin: the scan strip comes and goes above them. */
function useOffsetInMain() {
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    if (!body.current || !main) return;
    const top = body.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop;
    setOffset((before) => (Math.abs(before - top) < 1 ? before : top));
  });
  return [body, offset] as const;
}

interface ColumnHeadProps {
  readonly column: (typeof COLUMNS)[number];
  readonly current: TrackSort;
  readonly onSort: (sort: TrackSort) => void;
}

function ColumnHead({ column, current, onSort }: ColumnHeadProps) {
  const t = useTranslations('library.columns');
  const { key, sort } = column;
  const sorted = sort === current ? (sort === 'added' ? 'descending' : 'ascending') : 'none';
  return (
    <span
      role="columnheader"
      aria-sort={sort ? sorted : undefined}
      className={`cell-${key} ${key === 'time' ? 'r' : ''}`}
    >
      {sort ? (
        <button type="button" onClick={() => onSort(sort)}>
          {t(key)}
          {sorted !== 'none' && <ArrowDown className={`s ${sorted === 'ascending' ? 'rotate-180' : ''}`} />}
        </button>
      ) : (
        t(key)
      )}
    </span>
  );
}
