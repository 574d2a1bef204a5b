'use client';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, ReactNode } from 'react';
import type { SearchAnswer } from '../api/client';
import { BestMatch } from './best-match';
import { AlbumResult, ArtistResult, PlaylistResult, TrackResult } from './result-rows';
import { NoResults } from './no-results';

/** Up and Down walk through the hits as they stand on the page; above the first one is the field again. */
const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const next = hits.findIndex((hit) => hit === document.activeElement) + step;
  if (next >= 0) hits[next]?.focus();
  else document.querySelector<HTMLElement>('input[type="search"]')?.focus();
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
        <kbd>{'Enter'}</kbd> {t('open')}
      </span>
      <span>
        <kbd>{'Shift Enter'}</kbd> {t('add')}
      </span>
      <span className="ml-auto">{t('anyScript')}</span>
    </div>
  );
}
