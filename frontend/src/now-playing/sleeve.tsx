'use client';
import * as Dialog from 'radix-ui/dialog';
import type { TrackSummary } from '../api/client';
import { ArtistLinks } from '../components/artist-links';
import { Cover } from '../components/cover';
import { languageOf } from '../components/language-of';
import { HeartButton } from '../likes/heart-button';
import { fullScreen } from './open-state';

/** In letters: a longer title has no place on an obi. */
const LONG_TITLE = 14;

/** The record as it stands on a shelf, and what of it sounds. */
export function Sleeve({ track }: { readonly track: TrackSummary }) {
  const { title, artwork, artists, id, year } = track;
  return (
    <div className="np-sleeve">
      <Cover key={artwork?.id} artwork={artwork} size={1024} eager>
        {artwork && (
          <div className="obi" aria-hidden="true">
            <span lang={languageOf(title)}>{[...title].length <= LONG_TITLE ? title : ''}</span>
            {year !== null && <small>{year}</small>}
          </div>
        )}
      </Cover>
      <div className="np-title">
        <div className="min-w-0">
          <Dialog.Title lang={languageOf(title)}>{title}</Dialog.Title>
          {/* A link leads to a page, and so out of here. */}
          <p className="art-by ell" onClick={() => fullScreen.dispatch(false)}>
            <ArtistLinks artists={artists} />
          </p>
        </div>
        <HeartButton kind="track" id={id} name={title} />
      </div>
    </div>
  );
}
