'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { weeklyQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { Contour } from './contour';
import { DistanceDial } from './distance-dial';
import { EarlierIssues } from './earlier-issues';
import { Movement } from './movement';
import { useTimeZone } from './use-time-zone';
import { WeeklyHead } from './weekly-head';

const MOVEMENTS = [1, 2, 3] as const;

export function WeeklyPage() {
  const t = useTranslations('weekly');
  usePageTitle(t('title'));
  useTimeZone();
  const list = useRef<HTMLDivElement>(null);
  const week = useSearchParams().get('week') ?? undefined;
  const { data: weekly, error, refetch } = useQuery(weeklyQuery(week));
  if (!weekly)
    return (
      <div className="body">
        {error ? <QueryProblem error={error} retry={refetch} /> : <div className="bone h-[336px]" />}
      </div>
    );
  if (weekly.items.length === 0)
    return (
      <div className="body">
        <Empty page title={t('empty.title')} text={t('empty.text')} />
      </div>
    );
  return (
    <div className="body">
      <div className="week-frame">
        <div className="week-head">
          <WeeklyHead weekly={weekly} />
          <DistanceDial weekly={weekly} />
        </div>
      </div>
      <div className="week-list" ref={list} key={weekly.week}>
        <Contour list={list} />
        {MOVEMENTS.map((movement) => (
          <Movement key={movement} weekly={weekly} movement={movement} />
        ))}
      </div>
      <EarlierIssues weekly={weekly} />
    </div>
  );
}
