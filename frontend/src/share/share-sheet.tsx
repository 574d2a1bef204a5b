'use client';
import { AudioLines } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type CSSProperties } from 'react';
import type { SharedMusic } from '../api/client';
import { Stave } from '../components/cover';
import { languageOf } from '../components/language-of';
import { EndSentinel } from '../library/end-sentinel';
import { PlayActions } from '../library/play-actions';
import { usePlayer, useRowState } from '../player/player-context';
import { clock } from '../player/time-text';
import { SharePlayer } from './share-player';
import { namesOf, playableTrack } from './shared-tracks';

type SharedTrack = SharedMusic['items'][number];

interface ShareSheetProps {
  readonly shared: SharedMusic;
  readonly tracks: readonly SharedTrack[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly load: () => unknown;
}

/** In letters, as on an album's page. */
const LONG_TITLE = 14;
const SOURCE = { kind: 'home' } as const;

/** A sleeve and what is on it; everything that can be pressed plays. */
export function ShareSheet({ shared, tracks, more, busy, load }: ShareSheetProps) {
  const t = useTranslations();
  const format = useFormatter();
  const { queue } = usePlayer();
  const playable = tracks.map(playableTrack);
  const art: CSSProperties = shared.artwork ? { '--art': shared.artwork.color } : {};
  const until = format.dateTime(new Date(shared.expiresAt), { dateStyle: 'long' });
  const play = (startAt: number) =>
    queue.dispatch({ type: 'play', tracks: playable, startAt, source: SOURCE });
  return (
    <main className={shared.artwork ? 'share has-art' : 'share'} style={art}>
      <header className="album-head">
        <Sleeve shared={shared} />
        <div className="min-w-0">
          <p className="share-kind">{t(`share.${shared.kind}`)}</p>
          <h1 lang={languageOf(shared.title)}>{shared.title}</h1>
          {shared.artists.length > 0 && <p className="art-by">{namesOf(shared.artists)}</p>}
          <p className="facts num">
            {shared.kind !== 'track' && <span>{t('common.tracks', { count: shared.trackCount })}</span>}
            <span>{t('share.until', { date: until })}</span>
          </p>
          <PlayActions tracks={playable} source={SOURCE} />
        </div>
      </header>
      <section className="body" aria-label={t('share.tracks')}>
        <ol>
          {tracks.map((track, at) => (
            <Row
              key={`${at} ${track.id}`}
              track={track}
              number={at + 1}
              by={shared.kind === 'playlist' || namesOf(track.artists) !== namesOf(shared.artists)}
              play={() => play(at)}
            />
          ))}
        </ol>
        <EndSentinel more={more} busy={busy} load={load} />
      </section>
      <SharePlayer />
    </main>
  );
}

function Sleeve({ shared: { artwork, title } }: Pick<ShareSheetProps, 'shared'>) {
  if (!artwork)
    return (
      <div className="art">
        <Stave />
      </div>
    );
  const at = (size: number) => artwork.url.replace('$Size$', String(size));
  return (
    <div
      className="art has-art"
      style={{ '--art': artwork.color, backgroundImage: `url("${artwork.placeholder}")` }}
    >
      <div className="obi" lang={languageOf(title)} data-long={title.length > LONG_TITLE || undefined}>
        <span>{title}</span>
      </div>
      <img
        src={at(512)}
        srcSet={`${at(512)} 1x, ${at(1024)} 2x`}
        width={512}
        height={512}
        alt=""
        decoding="async"
      />
    </div>
  );
}

interface RowProps {
  readonly track: SharedTrack;
  readonly number: number;
  readonly by: boolean;
  readonly play: () => void;
}

function Row({ track, number, by, play }: RowProps) {
  const state = useRowState(track.id);
  return (
    <li className="track-row share-row" data-state={state}>
      <span className="n num">{state === 'none' ? number : <AudioLines className="s" />}</span>
      <span className="min-w-0">
        <button type="button" className="hit ell w-full text-left" title={track.title} onClick={play}>
          <b lang={languageOf(track.title)}>{track.title}</b>
        </button>
        {by && <span className="sub ell">{namesOf(track.artists)}</span>}
      </span>
      <span className="time num">{clock(track.durationMs)}</span>
    </li>
  );
}
