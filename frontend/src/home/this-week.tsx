'use client';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { Home } from '../api/client';
import { kanjiNumber } from '../components/kanji-number';
import { usePlayer } from '../player/player-context';
import { issueNumber } from '../weekly/issue-number';
import { WeekStave } from './week-stave';

type Week = NonNullable<Home['weekly']>;

/** The head of the home page once there is a list: what it is, and its line from home outward. */
export function ThisWeek({ week }: { readonly week: Week }) {
  const t = useTranslations('home.week');
  const weekly = useTranslations('weekly');
  const { queue } = usePlayer();
  const kanji = kanjiNumber(issueNumber(week.week));
  const count = useLocale() === 'ja' ? kanjiNumber(week.items.length) : String(week.items.length);
  const tracks = week.items.map(({ track }) => track);
  const play = () => queue.dispatch({ type: 'play', tracks, startAt: 0, source: { kind: 'discoverWeekly' } });
  return (
    <section className="issue issue-week">
      <div className="obi-sheet" lang="ja" aria-hidden="true">
        <span>{weekly('obi')}</span>
        <small>{weekly('obiNumber', { number: kanji })}</small>
      </div>
      <div className="min-w-0">
        <h1>{t('heading', { count })}</h1>
        <p className="lede">{t('lede')}</p>
        <div className="actions">
          <button type="button" className="btn btn-fill" aria-label={t('play')} onClick={play}>
            <Play className="fill" />
            {t('playShort')}
          </button>
          <Link className="btn btn-line" href="/week" prefetch={false}>
            {t('reasons')}
          </Link>
        </div>
        <WeekStave week={week} />
      </div>
    </section>
  );
}
