'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Weekly } from '../api/client';
import { issueNumber } from './issue-number';

/** The weeks that are still kept. */
export function EarlierIssues({ weekly }: { readonly weekly: Weekly }) {
  const t = useTranslations('weekly');
  const others = weekly.weeks.filter((week) => week !== weekly.week);
  if (others.length === 0) return null;
  return (
    <nav className="week-earlier" aria-label={t('others')}>
      <h2>{t('others')}</h2>
      {others.map((week) => (
        <Link key={week} className="linked num" href={`/week?week=${week}`} prefetch={false}>
          {t('issue', { number: issueNumber(week) })}
        </Link>
      ))}
    </nav>
  );
}
