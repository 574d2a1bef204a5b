'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { YearStatistics } from '../api/client';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { languageOf } from '../components/language-of';
import { usePlayer } from '../player/player-context';

const SHOWN = 10;

interface Line {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly plays: number;
  readonly picture: ReactNode;
  /** Where it stands, or what plays it. */
  readonly go: string | (() => void);
}

/** What was heard most, in four lists side by side. */
export function Favourites({ data }: { readonly data: YearStatistics }) {
  const t = useTranslations('statistics');
  const { queue } = usePlayer();
  const tracks = data.topTracks.map(({ item }) => item);
  const source = { kind: 'history' } as const;
  return (
    <div className="favourites">
      <List
        title={t('topTracks')}
        lines={data.topTracks.map(({ item, plays }, at) => ({
          id: item.id,
          name: item.title,
          by: creditText(item.artists),
          plays,
          picture: <Cover artwork={item.artwork} size={64} />,
          go: () => queue.dispatch({ type: 'play', tracks, startAt: at, source }),
        }))}
      />
      <List
        title={t('topAlbums')}
        lines={data.topAlbums.map(({ item, plays }) => ({
          id: item.id,
          name: item.title,
          by: creditText(item.artists),
          plays,
          picture: <Cover artwork={item.artwork} size={64} />,
          go: `/albums/${item.id}`,
        }))}
      />
      <List
        title={t('topArtists')}
        lines={data.topArtists.map(({ item, plays }) => ({
          id: item.id,
          name: item.name,
          by: '',
          plays,
          picture: <Cover artwork={item.artwork} size={64} round />,
          go: `/artists/${item.id}`,
        }))}
      />
      <List
        title={t('topGenres')}
        lines={data.topGenres.map(({ item, plays }) => ({
          id: item.id,
          name: item.name,
          by: '',
          plays,
          picture: null,
          go: `/genres/${item.id}`,
        }))}
      />
    </div>
  );
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  const t = useTranslations('statistics');
  if (lines.length === 0) return null;
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
      </header>
      <ol className="ranks">
        {lines.slice(0, SHOWN).map(({ id, name, by, plays, picture, go }, at) => (
          <li key={id}>
            <span className="num rank" aria-hidden="true">
              {at + 1}
            </span>
            {picture}
            <span className="min-w-0">
              {typeof go === 'string' ? (
                <Link className="hit ell" href={go} prefetch={false} title={name}>
                  <b lang={languageOf(name)}>{name}</b>
                </Link>
              ) : (
                <button type="button" className="hit ell w-full text-left" onClick={go} title={name}>
                  <b lang={languageOf(name)}>{name}</b>
                </button>
              )}
              {by && (
                <span className="by ell" lang={languageOf(by)}>
                  {by}
                </span>
              )}
            </span>
            <span className="num by">{t('times', { count: plays })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
