'use client';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, ReactNode } from 'react';
import type { SearchAnswer } from '../api/client';
import { BestMatch } from './best-match';
import { AlbumResult, ArtistResult, PlaylistResult, TrackResult } from './result-rows';
import { NoResults } from './no-results';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const LEAPS: Readonly<Record<string, number>> = { PageDown: 1, PageUp: -1 };

/**
 * Up and Down walk through the hits as they stand on the page, PageUp and PageDown from group to group; above the first
 * one is the field again.
 */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const [step, leap] = [STEPS[event.key], LEAPS[event.key]];
  if (step === undefined && leap === undefined) return;
  event.preventDefault();
  const here = document.activeElement;
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const groups = [...event.currentTarget.querySelectorAll('section')];
  const next =
    step === undefined
      ? groups[groups.findIndex((group) => group.contains(here)) + (leap ?? 0)]?.querySelector<HTMLElement>(
          '[data-hit]',
        )
      : hits[hits.findIndex((hit) => hit === here) + step];
  if (next) next.focus();
  else if ((step ?? leap ?? 0) < 0) document.querySelector<HTMLElement>('input[type="search"]')?.focus();
};

export function Results({ answer, q: typed }: { readonly answer: SearchAnswer; readonly q: string }) {
  const t = useTranslations('search');
  const { meant, top, tracks, albums, artists, playlists } = answer;
  const q = meant ?? typed;
  const count = tracks.length + albums.length + artists.length + playlists.length;
  return (
    <>
      <p className="sr-only" role="status">
        {t('found', { count })}
      </p>
      {meant !== null && <p className="results-meant">{t('meant', { q: typed, meant })}</p>}
      {count === 0 && !top ? (
        <NoResults q={typed} />
      ) : (
        <div className="results-grid" onKeyDown={walk}>
          <div>
            {top && (
              <Group title={t('best')}>
                <BestMatch top={top} q={q} />
              </Group>
            )}
            {tracks.length > 0 && (
              <Group title={t('tracks')}>
                {tracks.map((track, at) => (
                  <TrackResult key={track.id} tracks={tracks} at={at} q={q} />
                ))}
              </Group>
            )}
          </div>
          <div>
            {artists.length > 0 && (
              <Group title={t('artists')}>
                {artists.map((artist) => (
                  <ArtistResult key={artist.id} artist={artist} q={q} />
                ))}
              </Group>
            )}
            {albums.length > 0 && (
              <Group title={t('albums')}>
                {albums.map((album) => (
                  <AlbumResult key={album.id} album={album} q={q} />
                ))}
              </Group>
            )}
            {playlists.length > 0 && (
              <Group title={t('playlists')}>
                {playlists.map((playlist) => (
                  <PlaylistResult key={playlist.id} playlist={playlist} q={q} />
                ))}
              </Group>
            )}
          </div>
        </div>
      )}
      <Keys />
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="results-head">{title}</h2>
      {children}
    </section>
  );
}

function Keys() {
  const t = useTranslations('search');
  return (
    <div className="results-foot desk" aria-hidden="true">
      <span>
        <kbd>{'↑'}</kbd> <kbd>{'↓'}</kbd> {t('move')}
      </span>
      <span>
        <kbd>{'PgDn'}</kbd> {t('leap')}
      </span>
      <span>
        <kbd>{'Enter'}</kbd> {t('open')}
      </span>
      <span>
        <kbd>{'Shift Enter'}</kbd> {t('add')}
      </span>
      <span className="ml-auto">{t('anyScript')}</span>
    </div>
  );
}
