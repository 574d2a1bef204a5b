'use client';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AlbumSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { usePlayById } from '../library/play-album';

/** A record in one line; pressing it opens it, the button at its end plays it. */
export function AlbumLine({ album }: { readonly album: AlbumSummary }) {
  const t = useTranslations('common');
  const play = usePlayById();
  const target = useMenuTarget({ kind: 'album', album });
  return (
    <li className="row-album" {...target}>
      <Cover artwork={album.artwork} size={128} />
      <span className="min-w-0">
        <Link className="hit ell" href={`/albums/${album.id}`} prefetch={false} title={album.title}>
          <b lang={languageOf(album.title)}>{album.title}</b>
        </Link>
        <span className="by ell">
          {album.compilation && album.artists.length !== 1 ? (
            t('variousArtists')
          ) : (
            <ArtistLinks artists={album.artists} />
          )}
        </span>
      </span>
      <IconButton label={t('playNamed', { name: album.title })} onClick={() => void play.album(album.id)}>
        <Play />
      </IconButton>
      <MoreButton subject={{ kind: 'album', album }} />
    </li>
  );
}
