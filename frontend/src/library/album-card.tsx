'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AlbumSummary } from '../api/client';
import { albumQuery } from '../api/queries';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { languageOf } from '../components/language-of';
import { useMenuTarget } from '../menu/use-menu-target';
import { usePlayById } from './play-album';

interface AlbumCardProps {
  readonly album: AlbumSummary;
  /** What the obi says: only ever something about this record that is true now. */
  readonly obi?: string | undefined;
  /** In sight as the page begins. */
  readonly eager?: boolean;
}

export function AlbumCard({ album, obi, eager = false }: AlbumCardProps) {
  const t = useTranslations('common');
  const play = usePlayById();
  const queries = useQueryClient();
  const fetchAhead = () => void queries.prefetchQuery(albumQuery(album.id));
  const target = useMenuTarget({ kind: 'album', album });
  return (
    <li className="album-card" onPointerEnter={fetchAhead} {...target}>
      <Link className="cover-link" href={`/albums/${album.id}`} prefetch={false} title={album.title}>
        <Cover artwork={album.artwork} size={256} eager={eager}>
          {obi && <div className="obi">{obi}</div>}
        </Cover>
        <b className="ell" lang={languageOf(album.title)}>
          {album.title}
        </b>
      </Link>
      <span className="by ell">
        {album.compilation && album.artists.length !== 1 ? (
          t('variousArtists')
        ) : (
          <ArtistLinks artists={album.artists} />
        )}
      </span>
      <button
        type="button"
        className="round-play desk"
        aria-label={t('playNamed', { name: album.title })}
        onClick={() => void play.album(album.id)}
      >
        <Play className="fill" />
      </button>
    </li>
  );
}
