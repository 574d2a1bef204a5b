'use client';
import { AudioLines, Clock, ListPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AlbumDetail, TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { OfflineMark } from '../offline/offline-mark';
import { usePlayer, useRowState } from '../player/player-context';
import { clock } from '../player/time-text';
import { masterText } from './master-text';

export function AlbumTrackRowsHead() {
  const t = useTranslations('album');
  return (
    <div className="track-row track-row-head" aria-hidden="true">
      <span className="n">{'#'}</span>
      <span>{t('title')}</span>
      <span />
      <span />
      <span />
      <span />
      <span className="time grid justify-end">
        <Clock className="s" />
      </span>
    </div>
  );
}

interface AlbumTrackRowProps {
  readonly track: TrackSummary;
  readonly number: number;
  readonly album: AlbumDetail;
  readonly mixedMasters: boolean;
  readonly play: () => void;
}

/** Artists are named only where they differ from the album's, the master only where the tracks differ. */
export function AlbumTrackRow({ track, number, album, mixedMasters, play }: AlbumTrackRowProps) {
  const t = useTranslations();
  const { queue } = usePlayer();
  const state = useRowState(track.id);
  const source = { kind: 'album', id: album.id, name: album.title } as const;
  const guest = creditText(track.artists) !== creditText(album.artists);
  const subject = { kind: 'track', track, source, play } as const;
  const target = useMenuTarget(subject);
  return (
    <li className="track-row" data-state={state} {...target}>
      <span className="n num">{state === 'none' ? number : <AudioLines className="s" />}</span>
      <span className="min-w-0">
        <button type="button" className="hit ell w-full text-left" title={track.title} onClick={play}>
          <OfflineMark trackId={track.id} />
          <b lang={languageOf(track.title)}>{track.title}</b>
        </button>
        {guest && (
          <span className="sub ell">
            <ArtistLinks artists={track.artists} />
          </span>
        )}
      </span>
      <span className="master num">{mixedMasters && masterText(track.master)}</span>
      <HeartButton kind="track" id={track.id} name={track.title} />
      <IconButton
        label={t('common.addNamed', { name: track.title })}
        onClick={() => queue.dispatch({ type: 'add', tracks: [track], source })}
      >
        <ListPlus />
      </IconButton>
      <MoreButton subject={subject} />
      <span className="time num" title={track.durationMs === null ? t('album.pending') : undefined}>
        {clock(track.durationMs)}
      </span>
    </li>
  );
}
