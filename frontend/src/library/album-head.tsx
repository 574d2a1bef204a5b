'use client';
import { ListPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { aheadOf } from '../ahead/likely';
import type { AlbumDetail } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { useLengthText } from '../components/lengths';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import { DownloadButton } from '../offline/download-button';
import { usePlayer } from '../player/player-context';
import { RowsSkeleton } from '../components/skeletons';
import { masterText } from './master-text';
import { PlayActions } from './play-actions';
import { albumTracks } from './play-album';

/** In letters: beyond it the obi is set smaller, so that the number still fits under the title. */
const LONG_TITLE = 14;
const KNOWN_TYPES = ['single', 'ep', 'live', 'compilation', 'soundtrack', 'remix'] as const;

export function AlbumHead({ album }: { readonly album: AlbumDetail }) {
  const t = useTranslations();
  const language = languageOf(album.title);
  return (
    <header className="album-head" data-ahead={aheadOf('album', album.id)}>
      <Cover artwork={album.artwork} size={512} eager>
        {album.artwork && (
          <div className="obi" lang={language} data-long={album.title.length > LONG_TITLE || undefined}>
            <span>{album.title}</span>
            {album.catalogNumber && <small>{album.catalogNumber}</small>}
          </div>
        )}
      </Cover>
      <div className="min-w-0">
        <h1 lang={language}>{album.title}</h1>
        <p className="art-by">
          {album.compilation && album.artists.length !== 1 ? (
            t('common.variousArtists')
          ) : (
            <ArtistLinks artists={album.artists} />
          )}
        </p>
        <Facts album={album} />
        <Actions album={album} />
      </div>
    </header>
  );
}

function Facts({ album }: { readonly album: AlbumDetail }) {
  const t = useTranslations();
  const lengthText = useLengthText();
  const type = KNOWN_TYPES.find((known) => known === album.releaseType?.toLowerCase());
  const masters = new Set(albumTracks(album).map((track) => masterText(track.master)));
  const [master] = masters;
  const length = album.durationMs > 0 ? lengthText(album.durationMs) : null;
  return (
    <p className="facts num">
      {album.year && <span>{album.year}</span>}
      {type && <span>{t(`album.types.${type}`)}</span>}
      <span>{[t('common.tracks', { count: album.trackCount }), length].filter(Boolean).join(', ')}</span>
      {masters.size === 1 && master && <span>{master}</span>}
    </p>
  );
}

function Actions({ album }: { readonly album: AlbumDetail }) {
  const t = useTranslations('common');
  const { queue } = usePlayer();
  const tracks = albumTracks(album);
  const source = { kind: 'album', id: album.id, name: album.title } as const;
  return (
    <PlayActions tracks={tracks} source={source}>
      <HeartButton kind="album" id={album.id} name={album.title} />
      <DownloadButton kind="album" id={album.id} name={album.title} />
      <IconButton label={t('addToQueue')} onClick={() => queue.dispatch({ type: 'add', tracks, source })}>
        <ListPlus />
      </IconButton>
      <MoreButton subject={{ kind: 'album', album }} />
    </PlayActions>
  );
}

function AlbumHeadSkeleton() {
  return (
    <div className="album-head" style={{ background: 'var(--surface-1)' }} aria-busy="true">
      <div className="art bone-art" />
      <div>
        <div className="bone h-[44px] w-2/3" />
        <div className="bone bone-line mt-5 w-1/4" />
        <div className="bone bone-line mt-3 w-1/3" />
        <div className="bone mt-6 h-[40px] w-[100px]" />
      </div>
    </div>
  );
}

/** A page of a record, or of a list that is drawn like one, before it is known. */
export function RecordSkeleton() {
  return (
    <>
      <AlbumHeadSkeleton />
      <div className="body">
        <RowsSkeleton count={8} heightPx={56} />
      </div>
    </>
  );
}
