'use client';
import { ChevronDown, ThumbsDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Weekly, WeeklyItem } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { HeartButton } from '../likes/heart-button';
import { useMenuTarget } from '../menu/use-menu-target';
import { usePlayer, useRowState } from '../player/player-context';
import { clock } from '../player/time-text';
import { toneOf } from './stops';
import { useSteering } from './use-steering';
import { WeeklyReason } from './weekly-reason';
import { Why } from './why';

interface WeeklyRowProps {
  readonly weekly: Weekly;
  readonly item: WeeklyItem;
}

/** A note at its distance from home, the track, and why it is here. */
export function WeeklyRow({ weekly, item }: WeeklyRowProps) {
  const t = useTranslations('weekly');
  const { queue } = usePlayer();
  const [open, setOpen] = useState(false);
  const panel = useId();
  const { track, novelty } = item;
  const state = useRowState(track.id);
  const less = useSteering('track', track.id);
  const source = { kind: 'discoverWeekly' } as const;
  const play = () => {
    const tracks = weekly.items.map((each) => each.track);
    queue.dispatch({ type: 'play', tracks, startAt: weekly.items.indexOf(item), source });
  };
  const target = useMenuTarget({ kind: 'track', track, source, play });
  return (
    <li
      className="week-row"
      data-state={state}
      data-open={open || undefined}
      data-blocked={less.blocked || undefined}
    >
      <span className="stave-cell">
        <i data-note style={{ '--at': novelty / 100 }} data-tone={toneOf(item.movement)} aria-hidden="true" />
        <span className="sr-only">{t('novelty', { percent: novelty })}</span>
      </span>
      <div className="week-line" {...target}>
        <Cover artwork={track.artwork} size={128} />
        <span className="min-w-0">
          <button type="button" className="hit ell w-full text-left" title={track.title} onClick={play}>
            <b lang={languageOf(track.title)}>{track.title}</b>
          </button>
          <span className="by ell">
            <ArtistLinks artists={track.artists} />
          </span>
        </span>
        <p className="week-why">
          {less.blocked ? t('blocked') : <WeeklyReason reason={item.reason} />}
          {less.failed && <span role="alert">{t('failed')}</span>}
        </p>
        <span className="num week-time">{clock(track.durationMs)}</span>
        <span className="week-acts">
          <IconButton
            label={less.blocked ? t('undo') : t('less', { title: track.title })}
            aria-pressed={less.blocked}
            onClick={less.blocked ? less.undo : less.block}
          >
            <ThumbsDown className={less.blocked ? 'fill' : ''} />
          </IconButton>
          <HeartButton kind="track" id={track.id} name={track.title} />
          <IconButton
            className="week-open"
            label={t('why', { title: track.title })}
            aria-expanded={open}
            aria-controls={panel}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown />
          </IconButton>
        </span>
      </div>
      <div id={panel} hidden={!open}>
        {open && <Why item={item} />}
      </div>
    </li>
  );
}
