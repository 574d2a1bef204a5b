'use client';
import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AlbumSummary } from '../api/client';
import { statusQuery } from '../api/queries';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { kanjiNumber } from '../components/kanji-number';
import { languageOf } from '../components/language-of';
import { usePlayById } from '../library/play-album';

interface ArrivalsProps {
  readonly latest: AlbumSummary;
  readonly count: number;
  /** There are more new records than the first page holds. */
  readonly uncounted: boolean;
}

/** The head of the home page: what came in, counted on the obi the way a record would. */
export function Arrivals({ latest, count, uncounted }: ArrivalsProps) {
  const t = useTranslations('home');
  const common = useTranslations('common');
  const play = usePlayById();
  return (
    <section className="issue-frame">
      <div className="issue">
        <div className="obi-sheet" lang="ja" aria-hidden="true">
          <span>{count > 0 ? t('arrivedObi') : t('shelfObi')}</span>
          {count > 0 && <small>{t('obiCount', { count: kanjiNumber(count) })}</small>}
        </div>
        <div className="issue-words">
          <h1>
            {count === 0
              ? t('shelfHeading')
              : uncounted
                ? t('atLeast', { count })
                : t('arrivedHeading', { count })}
          </h1>
          <p className="lede">
            <Lede latest={latest} count={count} />
          </p>
          <div className="actions">
            <button
              type="button"
              className="btn btn-fill"
              aria-label={common('playNamed', { name: latest.title })}
              onClick={() => void play.album(latest.id)}
            >
              <Play className="fill" />
              {common('play')}
            </button>
            <Link className="btn btn-line" href="/library" prefetch={false}>
              {t('toLibrary')}
            </Link>
          </div>
        </div>
        <Link className="issue-cover" href={`/albums/${latest.id}`} prefetch={false} title={latest.title}>
          <Cover artwork={latest.artwork} size={512} eager>
            {latest.artwork && (
              <div className="obi" lang={languageOf(latest.title)}>
                <span>{latest.title}</span>
              </div>
            )}
          </Cover>
        </Link>
      </div>
    </section>
  );
}

function Lede({ latest, count }: { readonly latest: AlbumSummary; readonly count: number }): ReactNode {
  const t = useTranslations('home');
  const ready = useQuery({ ...statusQuery, enabled: count === 0 }).data?.files.ready ?? 0;
  const artist = creditText(latest.artists);
  const values = {
    title: latest.title,
    artist,
    count: ready,
    album: (words: ReactNode) => (
      <Link
        className="text-text-1 underlined"
        href={`/albums/${latest.id}`}
        prefetch={false}
        lang={languageOf(latest.title)}
      >
        {words}
      </Link>
    ),
  };
  if (count === 0) return t.rich('shelfLede', values);
  return artist ? t.rich('arrivedLede', values) : t.rich('arrivedLedeSolo', values);
}
