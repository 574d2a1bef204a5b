'use client';
import Link from 'next/link';
import { useFormatter } from 'next-intl';
import type { TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { languageOf } from '../components/language-of';
import { Name } from '../components/name';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { OfflineMark } from '../offline/offline-mark';
import { useRowState } from '../player/player-context';
import { clock } from '../player/time-text';
import { masterText } from './master-text';

interface TrackTableRowProps {
  readonly track: TrackSummary;
  readonly index: number;
  readonly offsetPx: number;
  readonly play: () => void;
}

/** One line of the table; the title is the button, and the whole line presses it. */
export function TrackTableRow({ track, index, offsetPx, play }: TrackTableRowProps) {
  const format = useFormatter();
  const state = useRowState(track.id);
  const added = format.dateTime(new Date(track.addedAt), { day: 'numeric', month: 'short', year: 'numeric' });
  const subject = { kind: 'track', track, source: { kind: 'library' }, play } as const;
  const target = useMenuTarget(subject);
  return (
    <div
      role="row"
      className="tb-row"
      aria-rowindex={index + 2}
      data-state={state}
      style={{ transform: `translateY(${offsetPx}px)` }}
      {...target}
    >
      <span role="cell" className="cell-art">
        <Cover artwork={track.artwork} size={64} />
      </span>
      <span role="cell" className="min-w-0">
        <button
          type="button"
          className="t ell w-full"
          lang={languageOf(track.title)}
          title={track.title}
          onClick={play}
        >
          <OfflineMark trackId={track.id} />
          {track.title}
        </button>
      </span>
      <span role="cell" className="cell-artist ell">
        <ArtistLinks artists={track.artists} />
      </span>
      <span role="cell" className="cell-album ell">
        <Link className="linked" href={`/albums/${track.album.id}`} prefetch={false}>
          <Name className="">{track.album.title}</Name>
        </Link>
      </span>
      <span role="cell" className="cell-added num">
        {added}
      </span>
      <span role="cell" className="cell-master num">
        {masterText(track.master)}
      </span>
      <span role="cell" className="cell-time num r">
        {clock(track.durationMs)}
      </span>
      <span role="cell" className="cell-acts">
        <HeartButton kind="track" id={track.id} name={track.title} />
        <MoreButton subject={subject} />
      </span>
    </div>
  );
}
