import { seedOf } from '@kanade/ml';
import { arrange } from './arrange.js';
import { blended, calibrated } from './blend-score.js';
import type { Candidate, Scored } from './candidate.js';
import type { Found } from './candidates.js';
import { explorations, explore } from './explore.js';
import { flowing } from './flow.js';
import type { ModelView } from './model-view.js';
import { LIST_LENGTH, MOVEMENTS, movementOf, noveltyOf, quotasOf, type Movement } from './movements.js';
import { affinityOf, type Profile } from './profile.js';
import { reasonOf, type Reason } from './reason.js';

export interface ListedTrack {
  readonly trackId: string;
  readonly novelty: number;
  readonly movement: Movement;
  readonly source: string;
  readonly score: number;
  readonly propensity: number | null;
  readonly reason: Reason;
}

export interface Brief {
  readonly profile: Profile;
  readonly view: ModelView;
  readonly adventure: number;
  readonly seed: string;
}

/** With fewer artists than twice the list there is no list of one track an artist that anybody would like. */
const SMALL_CATALOGUE = 2 * LIST_LENGTH;

type Considered = Scored & { readonly found: Found };

/** Pure: the tracks of a week, in their order, each with why it stands there. */
export const weeklyList = (
  found: readonly Found[],
  { profile, view, adventure, seed }: Brief,
): ListedTrack[] => {
  const open = calibrated(blended(found.map((each) => considered(each, profile, view))), fameOf(profile));
  const distinct = bestOfRecording(open);
  const artists = new Set(distinct.map(({ artistId }) => artistId)).size;
  const mostOfArtist = artists < SMALL_CATALOGUE ? 2 : 1;
  const chosen = arrange(distinct, { quotas: quotasOf(adventure), mostOfArtist, genreMix: profile.genres });
  const drawn = drawInto(chosen, distinct, adventure, seedOf(seed));
  return MOVEMENTS.flatMap((movement) =>
    flowing(drawn.tracks.filter((track) => movementOf(track) === movement)).map((track) => ({
      trackId: track.trackId,
      novelty: noveltyOf(track),
      movement,
      source: track.source,
      score: track.score,
      propensity: drawn.propensities.get(track.trackId) ?? null,
      reason: reasonOf({ ...track.found, given: toldBy(track, view) }, profile.tracks),
    })),
  );
};

/** Somebody of whom nothing is known is given what everybody hears. */
const fameOf = ({ tracks, fame }: Profile): number => (tracks.length === 0 ? Infinity : fame);

/** Where the model speaks against a track, it is no reason for it. */
const toldBy = ({ modelScore, trackId }: Candidate, view: ModelView): ReturnType<ModelView['givenTo']> =>
  modelScore !== null && modelScore > 0 ? view.givenTo(trackId) : [];

const considered = (
  found: Found,
  profile: Profile,
  view: ModelView,
): Candidate & { readonly found: Found } => ({
  found,
  trackId: found.trackId,
  artistId: found.artistIds[0] ?? null,
  genreIds: found.genreIds,
  source: found.source,
  modelScore: view.scoreOf(found.trackId),
  affinity: profile.tracks.length === 0 ? 1 - 1 / (1 + found.listeners) : affinityOf(profile, found),
  listeners: found.listeners,
  isKnownArtist: found.artistIds.some((id) => profile.artists.has(id)),
  bpm: found.bpm,
  energy: found.energy,
});

const bestOfRecording = (tracks: readonly Considered[]): Considered[] => {
  const best = new Map<string, Considered>();
  for (const track of tracks) {
    const before = best.get(track.found.recording);
    if (before === undefined || before.score < track.score) best.set(track.found.recording, track);
  }
  return [...best.values()];
};

/** Pure: the weakest of the list give their places to what is drawn from the rest by chance. */
const drawInto = (
  chosen: readonly Considered[],
  all: readonly Considered[],
  adventure: number,
  seed: number,
): { readonly tracks: readonly Considered[]; readonly propensities: ReadonlyMap<string, number> } => {
  const listed = new Set(chosen.map(({ trackId }) => trackId));
  const artists = new Set(chosen.map(({ artistId }) => artistId));
  const rest = all.filter(({ trackId, artistId }) => !listed.has(trackId) && !artists.has(artistId));
  const drawn = explore(rest, explorations(chosen.length, adventure), seed);
  const once = drawn.filter(
    ({ track }, at) => drawn.findIndex((other) => other.track.artistId === track.artistId) === at,
  );
  const byWorth = [...chosen].sort((a, b) => a.score - b.score);
  const leaving = new Set(byWorth.slice(0, once.length).map(({ trackId }) => trackId));
  const kept = chosen.filter(({ trackId }) => !leaving.has(trackId));
  const coming = once;
  return {
    tracks: [...kept, ...coming.map(({ track }) => track)],
    propensities: new Map(coming.map(({ track, propensity }) => [track.trackId, propensity])),
  };
};
