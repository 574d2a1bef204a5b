import { fold } from '../catalog/names.js';
import type { ListedTrack } from './playlist-file.js';

/** A track that may be the one that is meant. */
export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly album: string;
  readonly durationMs: number | null;
}

/** Of two encodings of one recording; M3U8 tells whole seconds alone. */
const NEAR_MS = 3000;

type Likeness = 'near' | 'far' | 'untold';

const lengthOf = ({ durationMs }: ListedTrack, track: Candidate): Likeness => {
  if (durationMs === null || track.durationMs === null) return 'untold';
  return Math.abs(durationMs - track.durationMs) <= NEAR_MS ? 'near' : 'far';
};

export const isSameName = (said: string | null, name: string): boolean =>
  said !== null && fold(said) === fold(name);

/** Of equals the one of the same album, then the one as long, then the first. */
const nearest = (wanted: ListedTrack, tracks: readonly Candidate[]): Candidate | null => {
  const ofAlbum = tracks.filter(({ album }) => isSameName(wanted.album, album));
  const pool = ofAlbum.length === 0 ? tracks : ofAlbum;
  return pool.find((track) => lengthOf(wanted, track) === 'near') ?? pool[0] ?? null;
};

/** Pure: recordings are themselves wherever they stand. */
export const sameRecording = (wanted: ListedTrack, tracks: readonly Candidate[]): Candidate | null =>
  nearest(wanted, tracks);

/** The file and two folders, which are those of an album and its artist; less may be "CD1/01.flac". */
const SPEAKS_FOR_ITSELF = 3;

/** Of tracks that are called otherwise: only where the title is not told may the length be untold, too. */
const isPossible = (wanted: ListedTrack, track: Candidate): boolean => {
  const length = lengthOf(wanted, track);
  return length === 'near' || (wanted.title === null && length === 'untold');
};

/** Pure: of tracks whose path agrees in `depth` names; null also where it might be one song or another. */
export const samePath = (
  wanted: ListedTrack,
  tracks: readonly Candidate[],
  depth: number,
): Candidate | null => {
  const named = tracks.filter(({ title }) => isSameName(wanted.title, title));
  if (named.length > 0) return nearest(wanted, named);
  const near = tracks.filter((track) => isPossible(wanted, track));
  const pool = near.length === 0 && depth >= SPEAKS_FOR_ITSELF ? tracks : near;
  const songs = new Set(pool.map(({ title }) => fold(title)));
  return songs.size === 1 ? nearest(wanted, pool) : null;
};

/** Pure: of tracks of that title and artist. */
export const sameTags = (wanted: ListedTrack, tracks: readonly Candidate[]): Candidate | null =>
  nearest(
    wanted,
    tracks.filter((track) => lengthOf(wanted, track) !== 'far'),
  );
