'use client';
import { AudioLines, ListPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import type { TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { Name } from '../components/name';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import type { OwnEntry } from '../menu/subject';
import { useMenuTarget } from '../menu/use-menu-target';
import { OfflineMark } from '../offline/offline-mark';
import { usePlayer, useRowState } from '../player/player-context';
import type { QueueSource } from '../player/queue-reducer';
import { clock } from '../player/time-text';

interface EntryRowProps {
  /** Null: it stands there, and cannot be heard now. */
  readonly track: TrackSummary | null;
  readonly number: number;
  readonly source: QueueSource;
  readonly play: () => void;
  /** Where the list may be edited: what its rows hear, and their buttons. */
  readonly row?: ComponentProps<'li'> & Readonly<Record<`data-${string}`, string | boolean | undefined>>;
  readonly own?: readonly OwnEntry[];
  readonly draggable?: boolean;
  readonly children?: ReactNode;
}

export function EntryRow({ track, number, source, play, row, own = [], draggable, children }: EntryRowProps) {
  const t = useTranslations();
  const { queue } = usePlayer();
  const state = useRowState(track?.id ?? '');
  const subject = track && ({ kind: 'track', track, source, play, own } as const);
  const target = useMenuTarget(subject, draggable);
  const acts = children && <span className="entry-acts">{children}</span>;
  if (track === null || subject === null)
    return (
      <li className="track-row entry-gone" {...row}>
        <span className="n num">{number}</span>
        <span>{t('playlist.gone')}</span>
        {acts}
      </li>
    );
  return (
    <li className="track-row" data-state={state} {...target} {...row}>
      <span className="n num">{state === 'none' ? number : <AudioLines className="s" />}</span>
      <span className="min-w-0">
        <button type="button" className="hit ell w-full text-left" title={track.title} onClick={play}>
          <OfflineMark trackId={track.id} />
          <b lang={languageOf(track.title)}>{track.title}</b>
        </button>
        <span className="sub ell">
          <ArtistLinks artists={track.artists} />
        </span>
      </span>
      <span className="entry-album ell">
        <Link className="linked" href={`/albums/${track.album.id}`} prefetch={false}>
          <Name className="">{track.album.title}</Name>
        </Link>
      </span>
      <HeartButton kind="track" id={track.id} name={track.title} />
      <IconButton
        label={t('common.addNamed', { name: track.title })}
        onClick={() => queue.dispatch({ type: 'add', tracks: [track], source })}
      >
        <ListPlus />
      </IconButton>
      <MoreButton subject={subject} />
      <span className="time num">{clock(track.durationMs)}</span>
      {acts}
    </li>
  );
}
