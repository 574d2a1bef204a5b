import { Injectable } from '@nestjs/common';
import { isDatabaseUnavailable } from '../common/problem.js';
import { RenditionRepository } from '../transcode/rendition.repository.js';
import type { Rendition } from '../transcode/rendition.js';
import { SegmentFinder } from '../transcode/segment-finder.js';
import {
  requireMeasured,
  SourceRepository,
  type FoundSource,
  type TrackSource,
} from '../transcode/source.repository.js';
import { AlbumGains } from './album-gains.js';

/** A few kB each, tables included, which the segment finder keeps as well. */
const REMEMBERED = 5000;

interface Granted {
  readonly found: FoundSource;
  /** Null until a manifest was made of them. */
  readonly renditions: readonly Rendition[] | null;
}

/**
 * What grants and manifests tell of tracks. While the database is away they tell what they told last, and segments that
 * nobody has asked for yet are found by the tables that were read with the manifest.
 */
@Injectable()
export class GrantedTracks {
  private readonly known = new Map<string, Granted>();
  private told: (trackIds: readonly string[]) => void = () => undefined;

  constructor(
    private readonly sources: SourceRepository,
    private readonly renditions: RenditionRepository,
    private readonly finder: SegmentFinder,
    private readonly gains: AlbumGains,
  ) {}

  /** `listener` hears of what is granted here. */
  onGranted(listener: (trackIds: readonly string[]) => void): void {
    this.told = listener;
  }

  /** Another process granted them: a listener may come here next. @throws as the database does */
  async learn(trackIds: readonly string[]): Promise<void> {
    const unknown = trackIds.filter((id) => this.known.get(id)?.renditions == null);
    this.finder.learn(trackIds, []);
    if (unknown.length === 0) return;
    await this.find(unknown);
    await this.readRenditions(unknown);
  }

  /** @throws as the database does, when it is away and one of them was never granted */
  find(trackIds: readonly string[]): Promise<ReadonlyMap<string, FoundSource>> {
    return this.orAsKnown(
      async () => {
        const found = await this.sources.find(trackIds);
        for (const [trackId, each] of found)
          this.remember(trackId, { found: each, renditions: this.known.get(trackId)?.renditions ?? null });
        return found;
      },
      () => {
        const all = this.recall(trackIds);
        return all && new Map([...all].map(([trackId, { found }]) => [trackId, found]));
      },
    );
  }

  /** @throws DomainError when the track cannot be played as it stands */
  async get(trackId: string): Promise<TrackSource> {
    return requireMeasured(trackId, (await this.find([trackId])).get(trackId));
  }

  albumGainsOf(trackIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.gains.of(trackIds);
  }

  /** Of tracks that were found. @throws as `find` */
  renditionsOf(trackIds: readonly string[]): Promise<readonly Rendition[]> {
    return this.orAsKnown(
      async () => {
        const all = await this.readRenditions(trackIds);
        this.told(trackIds);
        return all;
      },
      () => {
        const all = [...(this.recall(trackIds)?.values() ?? [])].map(({ renditions }) => renditions);
        return all.length > 0 && all.every((each) => each !== null) ? all.flat() : undefined;
      },
    );
  }

  private async readRenditions(trackIds: readonly string[]): Promise<readonly Rendition[]> {
    const all = await this.renditions.findOfTracks(trackIds);
    this.finder.learn(trackIds, all);
    for (const trackId of trackIds) {
      const found = this.known.get(trackId)?.found;
      const renditions = all.filter((each) => each.trackId === trackId);
      if (found !== undefined) this.remember(trackId, { found, renditions });
    }
    return all;
  }

  private async orAsKnown<T>(read: () => Promise<T>, recall: () => T | undefined): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const known = isDatabaseUnavailable(error) ? recall() : undefined;
      if (known === undefined) throw error;
      return known;
    }
  }

  /** All or nothing. */
  private recall(trackIds: readonly string[]): ReadonlyMap<string, Granted> | undefined {
    const all = new Map<string, Granted>();
    for (const trackId of trackIds) {
      const granted = this.known.get(trackId);
      if (granted === undefined) return undefined;
      all.set(trackId, granted);
    }
    return all;
  }

  private remember(trackId: string, granted: Granted): void {
    this.known.delete(trackId);
    this.known.set(trackId, granted);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
  }
}
