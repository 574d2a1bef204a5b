'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { Name } from '../components/name';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { useCurrentItem, useQueueState } from './player-context';

export function NowPlaying() {
  const t = useTranslations('player');
  const track = useCurrentItem()?.track;
  const queue = useQueueState();
  const source = queue.kind === 'active' ? queue.source : ({ kind: 'library' } as const);
  const subject = track ? ({ kind: 'track', track, source } as const) : null;
  const target = useMenuTarget(subject);
  if (!track || !subject) {
    return (
      <div className="bar-track">
        <Cover artwork={null} size={128} />
        <span className="min-w-0">
          <b className="ell text-text-2">{t('nothing')}</b>
          <span className="by ell">{t('nothingHint')}</span>
        </span>
      </div>
    );
  }
  return (
    <div className="bar-track" {...target}>
      <Link
        href={`/albums/${track.album.id}`}
        prefetch={false}
        aria-label={track.album.title}
        title={track.album.title}
      >
        <Cover key={track.artwork?.id} artwork={track.artwork} size={128} eager>
          {track.artwork && <div className="obi" />}
        </Cover>
      </Link>
      <span className="min-w-0">
        <b className="ell">
          <Link className="linked" href={`/albums/${track.album.id}`} prefetch={false}>
            <Name className="">{track.title}</Name>
          </Link>
        </b>
        <span className="by ell">
          <ArtistLinks artists={track.artists} />
        </span>
      </span>
      <HeartButton kind="track" id={track.id} name={track.title} />
      <MoreButton subject={subject} />
    </div>
  );
}

/** Said once to those who do not see the bar. */
export function TrackAnnouncer() {
  const t = useTranslations('player');
  const track = useCurrentItem()?.track;
  return (
    <p className="sr-only" aria-live="polite">
      {track && t('now', { title: track.title, artist: creditText(track.artists) })}
    </p>
  );
}
