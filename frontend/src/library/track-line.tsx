'use client';
import { ListPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import type { OwnEntry } from '../menu/subject';
import { useMenuTarget } from '../menu/use-menu-target';
import { OfflineMark } from '../offline/offline-mark';
import { usePlayer, useRowState } from '../player/player-context';
import type { QueueSource } from '../player/queue-reducer';
import { clock } from '../player/time-text';

interface TrackLineProps {
  readonly tracks: readonly TrackSummary[];
  readonly at: number;
  readonly source: QueueSource;
  /** On an artist's own page only guests are worth naming. */
  readonly ownName?: string;
  readonly own?: readonly OwnEntry[];
}

/** A track away from its album: cover, title, who and where from. Pressing it plays it and what stands below. */
export function TrackLine({ tracks, at, source, ownName, own = [] }: TrackLineProps) {
  const t = useTranslations('common');
  const { queue } = usePlayer();
  const track = tracks[at];
  const state = useRowState(track?.id ?? '');
  const play = () => queue.dispatch({ type: 'play', tracks, startAt: at, source });
  const subject = track ? ({ kind: 'track', track, source, play, own } as const) : null;
  const target = useMenuTarget(subject);
  const inRow = own.flatMap(({ named, ...entry }) => (named === undefined ? [] : { named, ...entry }));
  if (!track || !subject) return null;
  return (
    <li className="row-track" data-state={state} {...target}>
      <Cover artwork={track.artwork} size={128} />
      <span className="min-w-0">
        <button type="button" className="hit ell w-full text-left" title={track.title} onClick={play}>
          <OfflineMark trackId={track.id} />
          <b lang={languageOf(track.title)}>{track.title}</b>
        </button>
        <span className="by ell">
          {creditText(track.artists) !== ownName && (
            <>
              <ArtistLinks artists={track.artists} />
              {' · '}
            </>
          )}
          <Link
            className="linked"
            href={`/albums/${track.album.id}`}
            prefetch={false}
            lang={languageOf(track.album.title)}
          >
            {track.album.title}
          </Link>
        </span>
      </span>
      <HeartButton kind="track" id={track.id} name={track.title} />
      <IconButton
        className="desk"
        label={t('addNamed', { name: track.title })}
        onClick={() => queue.dispatch({ type: 'add', tracks: [track], source })}
      >
        <ListPlus />
      </IconButton>
      <MoreButton subject={subject} />
      {inRow.map(({ key, named, icon: Icon, run }) => (
        <IconButton key={key} className="desk" label={named} onClick={run}>
          <Icon />
        </IconButton>
      ))}
      <span className="num">{clock(track.durationMs)}</span>
    </li>
  );
}
