'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { HomeRow } from '../api/client';
import { homeQuery } from '../api/queries';
import { TrackLine } from '../library/track-line';
import { rowOf } from './home-rows';
import { AlbumLine } from './album-line';

const SHOWN = 6;

/** What the listener's own plays and likes say; nothing until there are any. */
export function OwnRow({ kind }: { readonly kind: HomeRow['kind'] }) {
  const t = useTranslations('home.rows');
  const row = rowOf(useQuery(homeQuery).data, kind);
  if (!row) return null;
  return (
    <section className="section">
      <header>
        <h2>{t(kind)}</h2>
      </header>
      <ol className="arrivals">{linesOf(row)}</ol>
    </section>
  );
}

const linesOf = (row: HomeRow): ReactNode =>
  row.type === 'album'
    ? row.items.slice(0, SHOWN).map((album) => <AlbumLine key={album.id} album={album} />)
    : row.items
        .slice(0, SHOWN)
        .map((track, at) => (
          <TrackLine key={track.id} tracks={row.items} at={at} source={{ kind: 'home' }} />
        ));
