'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { YearStatistics } from '../api/client';
import { statisticsQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { QueryProblem } from '../components/query-problem';
import { RowsSkeleton } from '../components/skeletons';
import { viewAddress } from '../library/library-view';
import { Chart } from './chart';
import { Favourites } from './favourites';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A listener's year, in their own time zone: how much, when, and what most. */
export function Statistics({ year: asked }: { readonly year: number | undefined }) {
  const t = useTranslations('statistics');
  const [thisYear] = useState(() => new Date().getFullYear());
  const year = asked ?? thisYear;
  const { data, error, refetch } = useQuery(statisticsQuery(year, ZONE));
  if (error && !data) return <QueryProblem error={error} retry={refetch} />;
  if (!data) return <RowsSkeleton count={8} heightPx={68} />;
  return (
    <>
      <Years year={year} first={data.firstYear ?? thisYear} last={thisYear} />
      {data.plays === 0 ? (
        <Empty title={t('emptyTitle', { year: String(year) })} text={t('emptyText')} />
      ) : (
        <Year data={data} />
      )}
    </>
  );
}

function Years({
  year,
  first,
  last,
}: {
  readonly year: number;
  readonly first: number;
  readonly last: number;
}) {
  const t = useTranslations('statistics');
  const to = (to: number) => viewAddress({ view: 'statistics', year: to });
  return (
    <nav className="year-nav" aria-label={t('year')}>
      {year > first && (
        <Link className="ib" href={to(year - 1)} replace scroll={false} aria-label={String(year - 1)}>
          <ChevronLeft />
        </Link>
      )}
      <h2 className="num">{t('title', { year: String(year) })}</h2>
      {year < last && (
        <Link className="ib" href={to(year + 1)} replace scroll={false} aria-label={String(year + 1)}>
          <ChevronRight />
        </Link>
      )}
    </nav>
  );
}

function Year({ data }: { readonly data: YearStatistics }) {
  const t = useTranslations('statistics');
  const format = useFormatter();
  const months = data.months.map(({ month, plays }) => {
    const day = new Date(Date.UTC(data.year, month - 1, 15));
    return {
      key: month,
      plays,
      name: format.dateTime(day, { month: 'long', timeZone: 'UTC' }),
      label: format.dateTime(day, { month: 'narrow', timeZone: 'UTC' }),
    };
  });
  const hours = data.hours.map(({ hour, plays }) => ({
    key: hour,
    plays,
    name: t('hour', { hour }),
    label: hour % 6 === 0 ? String(hour) : '',
  }));
  return (
    <>
      <Figures data={data} />
      <div className="charts">
        <Chart title={t('months')} bars={months} />
        <Chart title={t('hours')} bars={hours} />
      </div>
      <Favourites data={data} />
    </>
  );
}

function Figures({ data }: { readonly data: YearStatistics }) {
  const t = useTranslations('statistics');
  const format = useFormatter();
  const hours = data.playedMs / 3_600_000;
  const figures = [
    { key: 'listened', value: hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours) },
    { key: 'plays', value: data.plays },
    { key: 'tracks', value: data.tracks },
    { key: 'albums', value: data.albums },
    { key: 'artists', value: data.artists },
  ] as const;
  return (
    <dl className="figures">
      {figures.map(({ key, value }) => (
        <div key={key}>
          <dt>{t(`figures.${key}`)}</dt>
          <dd className="num">{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
