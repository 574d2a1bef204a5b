'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AlbumSummary, ArtistSummary, PlaylistSummary, TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { usePlayer } from '../player/player-context';
import { clock } from '../player/time-text';
import { PlaylistCover } from '../playlist/playlist-cover';
import { MarkedName } from './marked-name';

interface TrackResultProps {
  readonly tracks: readonly TrackSummary[];
  readonly at: number;
  readonly q: string;
}

export function TrackResult({ tracks, at, q }: TrackResultProps) {
  const { queue } = usePlayer();
  const track = tracks[at];
  const source = { kind: 'search' } as const;
  const play = () => queue.dispatch({ type: 'play', tracks, startAt: at, source });
  const subject = track ? ({ kind: 'track', track, source, play } as const) : null;
  const target = useMenuTarget(subject);
  if (!track || !subject) return null;
  return (
    <div className="result" {...target}>
      <Cover artwork={track.artwork} size={64} />
      <span className="min-w-0">
        <button
          type="button"
          data-hit
          className="go ell w-full text-left"
          onClick={(event) =>
            event.shiftKey ? queue.dispatch({ type: 'add', tracks: [track], source }) : play()
          }
        >
          <b>
            <MarkedName text={track.title} query={q} />
          </b>
        </button>
        <span className="by ell">
          <ArtistLinks artists={track.artists} />
        </span>
      </span>
      <span className="num">{clock(track.durationMs)}</span>
      <MoreButton subject={subject} />
    </div>
  );
}

export function AlbumResult({ album, q }: { readonly album: AlbumSummary; readonly q: string }) {
  const details = [creditText(album.artists), album.year].filter(Boolean).join(' · ');
  const target = useMenuTarget({ kind: 'album', album });
  return (
    <div className="result" {...target}>
      <Cover artwork={album.artwork} size={64} />
      <span className="min-w-0">
        <Link data-hit className="go ell" href={`/albums/${album.id}`} prefetch={false}>
          <b>
            <MarkedName text={album.title} query={q} />
          </b>
        </Link>
        <span className="by ell num">{details}</span>
      </span>
    </div>
  );
}

export function ArtistResult({ artist, q }: { readonly artist: ArtistSummary; readonly q: string }) {
  const t = useTranslations('common');
  const { albumCount, trackCount } = artist;
  const target = useMenuTarget({ kind: 'artist', artist });
  return (
    <div className="result" {...target}>
      <Cover artwork={artist.artwork} size={64} round />
      <span className="min-w-0">
        <Link data-hit className="go ell" href={`/artists/${artist.id}`} prefetch={false}>
          <b>
            <MarkedName text={artist.name} query={q} />
          </b>
        </Link>
        <span className="by ell num">
          {albumCount > 0 ? t('albums', { count: albumCount }) : t('tracks', { count: trackCount })}
        </span>
      </span>
    </div>
  );
}

export function PlaylistResult({ playlist, q }: { readonly playlist: PlaylistSummary; readonly q: string }) {
  const t = useTranslations();
  const { entryCount, owner } = playlist;
  const size = entryCount === null ? t('playlist.smart') : t('common.tracks', { count: entryCount });
  const target = useMenuTarget({ kind: 'playlist', playlist });
  return (
    <div className="result" {...target}>
      <PlaylistCover playlist={playlist} size={64} />
      <span className="min-w-0">
        <Link data-hit className="go ell" href={`/playlists/${playlist.id}`} prefetch={false}>
          <b>
            <MarkedName text={playlist.title} query={q} />
          </b>
        </Link>
        <span className="by ell num">{t('common.of', { first: owner.username, second: size })}</span>
      </span>
    </div>
  );
}
