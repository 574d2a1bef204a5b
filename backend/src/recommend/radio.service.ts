import { seedOf } from '@kanade/ml';
import { Injectable } from '@nestjs/common';
import { TrackReads } from '../catalog/track-reads.js';
import type { Visible } from '../libraries/seen.js';
import { blended } from './blend-score.js';
import type { Scored } from './candidate.js';
import { Candidates, type Found } from './candidates.js';
import { explore } from './explore.js';
import { viewOf } from './model-view.js';
import { Models } from './models.js';
import { affinityOf, profileOf, type Profile } from './profile.js';
import type { RadioBody, RadioSeed, TracksFromModel } from './radio.dto.js';
import { SeedTracks } from './seed-tracks.js';
import { sessionGains } from './session-gains.js';

/** The next track is drawn from as many of the best. */
const DRAWN_FROM = 50;
const MOST_OF_ARTIST = 3;
/** What was skipped pushes away with half of the force with which the rest draws. */
const PUSH = 0.5;

interface Session {
  readonly userId: string;
  readonly gains: ReadonlyMap<string, number>;
  readonly skipped: readonly string[];
  readonly leftOut: readonly string[];
}

/** Music that goes on from other music: radios, the end of a queue, what is similar. */
@Injectable()
export class RadioService {
  constructor(
    private readonly models: Models,
    private readonly candidates: Candidates,
    private readonly seeds: SeedTracks,
    private readonly tracks: TrackReads,
  ) {}

  async radio(
    userId: string,
    { seed, heard, skipped, limit }: RadioBody,
    visible: Visible,
  ): Promise<TracksFromModel> {
    const seeds = seed === null ? [] : await this.seeds.of(seed, userId, visible);
    const gains = sessionGains(seeds, heard, new Set(skipped));
    const leftOut = [...heard, ...skipped, ...(seed?.kind === 'track' ? seeds : [])];
    const { ranked, ...told } = await this.ranked({ userId, gains, skipped, leftOut }, visible);
    const lot = seedOf(userId, seed?.id ?? '', heard.length, skipped.length);
    const drawn = explore(ranked.slice(0, DRAWN_FROM), limit, lot).map(({ track }) => track.trackId);
    return { ...told, items: await this.tracks.findByIds(drawn, visible) };
  }

  /** The nearest, best first, the same every time. @throws DomainError where the listener does not see the seed */
  async similar(userId: string, seed: RadioSeed, limit: number, visible: Visible): Promise<TracksFromModel> {
    const seeds = await this.seeds.of(seed, userId, visible);
    const session = { userId, gains: sessionGains(seeds, [], new Set()), skipped: [], leftOut: seeds };
    const { ranked, ...told } = await this.ranked(session, visible);
    const ids = ranked.slice(0, limit).map(({ trackId }) => trackId);
    return { ...told, items: await this.tracks.findByIds(ids, visible) };
  }

  private async ranked(
    { userId, gains, skipped, leftOut }: Session,
    visible: Visible,
  ): Promise<Omit<TracksFromModel, 'items'> & { readonly ranked: readonly Scored[] }> {
    const own = await this.candidates.weighed(gains, visible);
    const turnedFrom = await this.candidates.weighed(new Map(skipped.map((id) => [id, 1])), visible);
    const recommender = await this.models.current();
    const [view, away] = [viewOf(recommender, own), viewOf(recommender, turnedFrom)];
    const [profile, foreign] = [profileOf(own), profileOf(turnedFrom)];
    const wanted = { userId, profile, preferred: view.best, leftOut, seed: [...gains.keys()].join() };
    const found = await this.candidates.find(wanted, visible);
    const scored = blended(found.map((each) => considered(each, profile, view.scoreOf(each.trackId))))
      .map((track) => {
        const push = Math.max(0, away.scoreOf(track.trackId) ?? 0) + 3 * affinityOf(foreign, track.found);
        return { ...track, score: track.score - PUSH * push };
      })
      .sort((a, b) => b.score - a.score || (a.trackId < b.trackId ? -1 : 1));
    const isOfModel = view.best.length > 0 && recommender !== null;
    return {
      model: isOfModel ? recommender.version : null,
      path: isOfModel ? recommender.path : 'content',
      ranked: thinned(scored),
    };
  }
}

const considered = (found: Found, profile: Profile, modelScore: number | null) => ({
  found,
  trackId: found.trackId,
  artistId: found.artistIds[0] ?? null,
  genreIds: found.genreIds,
  source: found.source,
  modelScore,
  affinity: affinityOf(profile, found),
  listeners: found.listeners,
  isKnownArtist: found.artistIds.some((id) => profile.artists.has(id)),
  bpm: found.bpm,
  energy: found.energy,
});

/** Each recording once, and of no artist more than some. */
const thinned = <T extends Scored & { readonly found: Found }>(tracks: readonly T[]): T[] => {
  const recordings = new Set<string>();
  const ofArtist = new Map<string, number>();
  return tracks.filter(({ found, artistId }) => {
    const count = artistId === null ? 0 : (ofArtist.get(artistId) ?? 0);
    if (recordings.has(found.recording) || count >= MOST_OF_ARTIST) return false;
    recordings.add(found.recording);
    if (artistId !== null) ofArtist.set(artistId, count + 1);
    return true;
  });
};
