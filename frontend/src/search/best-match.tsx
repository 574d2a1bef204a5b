'use client';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { aheadOf } from '../ahead/likely';
import { useLikely } from '../ahead/use-ahead';
import type { SearchTop } from '../api/client';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { usePlayById } from '../library/play-album';
import { usePlayPlaylist } from '../playlist/play-playlist';
import { PlaylistCover } from '../playlist/playlist-cover';
import { usePlayer } from '../player/player-context';
import { MarkedName } from './marked-name';

const addressOf = (top: SearchTop): string => {
  switch (top.type) {
    case 'track':
      return `/albums/${top.item.album.id}`;
    case 'album':
      return `/albums/${top.item.id}`;
    case 'artist':
      return `/artists/${top.item.id}`;
    case 'playlist':
      return `/playlists/${top.item.id}`;
  }
};

const nameOf = (top: SearchTop): string => (top.type === 'artist' ? top.item.name : top.item.title);

export function BestMatch({ top, q }: { readonly top: SearchTop; readonly q: string }) {
  const t = useTranslations('common');
  const { queue } = usePlayer();
  const play = usePlayById();
  const playPlaylist = usePlayPlaylist();
  useLikely(top.type, top.item.id);
  const start = () => {
    switch (top.type) {
      case 'track':
        queue.dispatch({ type: 'play', tracks: [top.item], startAt: 0, source: { kind: 'search' } });
        return;
      case 'album':
        return void play.album(top.item.id);
      case 'artist':
        return void play.artist(top.item.id);
      case 'playlist':
        return void playPlaylist(top.item);
    }
  };
  return (
    <div className="best" data-ahead={aheadOf(top.type, top.item.id)}>
      {top.type === 'playlist' ? (
        <PlaylistCover playlist={top.item} size={128} />
      ) : (
        <Cover artwork={top.item.artwork} size={128} round={top.type === 'artist'} />
      )}
      <div className="min-w-0">
        <h3>
          <Link data-hit className="go ell" href={addressOf(top)} prefetch={false}>
            <MarkedName text={nameOf(top)} query={q} />
          </Link>
        </h3>
        <p className="by ell">
          <Kind top={top} />
        </p>
        <button type="button" className="btn btn-fill btn-small mt-[10px]" onClick={start}>
          <Play className="s fill" />
          {t('play')}
        </button>
      </div>
    </div>
  );
}

function Kind({ top }: { readonly top: SearchTop }) {
  const t = useTranslations('search');
  const common = useTranslations('common');
  switch (top.type) {
    case 'track':
      return t('trackBy', { artist: creditText(top.item.artists) });
    case 'album':
      return t('albumBy', { artist: creditText(top.item.artists) });
    case 'artist':
      return t('artistWith', { albums: common('albums', { count: top.item.albumCount }) });
    case 'playlist':
      return t('playlistBy', { owner: top.item.owner.username });
  }
}
