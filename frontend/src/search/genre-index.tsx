'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { genresQuery } from '../api/queries';
import { languageOf } from '../components/language-of';

export function GenreIndex() {
  const t = useTranslations('search');
  const { data } = useQuery(genresQuery);
  const genres = data?.items ?? [];
  return (
    <section className="index-wrap">
      <div className="page-head">
        <h1>{t('browse')}</h1>
        {genres.length > 0 && <p className="num">{t('shelves', { count: genres.length })}</p>}
      </div>
      <ul className="index">
        {genres.map((genre) => (
          <li key={genre.id}>
            <Link href={`/genres/${genre.id}`} prefetch={false}>
              <b lang={languageOf(genre.name)}>{genre.name}</b>
              <span className="num">{genre.trackCount}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
