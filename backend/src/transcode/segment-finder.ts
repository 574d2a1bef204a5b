import { Injectable, Optional, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { RecentMap } from '../common/recent-map.js';
import { Notifier } from '../database/notifier.js';
import { changedTrackOf, growthOf, readyKeyOf, renditionIdOf } from './announcement.js';
import type { Rung } from '../media/ladder.js';
import { chunkCount, chunkHolding, chunkOfSegment, firstSegmentOf } from './chunks.js';
import { expectedTimeline } from './expected-timeline.js';
import { rungOf, segmentOffset, type ChunkPlace, type Rendition, type VersionedKey } from './rendition.js';
import { FAILED_REST_SECONDS, RenditionRepository } from './rendition.repository.js';
import { SoughtChunks } from './sought-chunks.js';
import { SourceRepository, type TrackSource } from './source.repository.js';
import { predictedTimeline } from './timeline.js';
import { WaitingListeners } from './waiting-listeners.js';

/** Where the bytes of a segment lie: in a finished object, or in the file that an encoder still writes. */
export type SegmentPlace = {
  readonly offset: number;
  readonly length: number;
  readonly isLast: boolean;
  readonly sampleRateHz: number;
} & ({ readonly storageKey: string } | { readonly draftPath: string });

/** In the file that an encoder announces. */
interface ToldPlace {
  readonly offset: number;
  readonly length: number;
  readonly isLast: boolean;
  readonly draftPath: string;
}

/** The init part, in the place of a segment's number. */
export const INIT = -1;

const WAIT_LIMIT_MS = 30_000;
/** Notifications can be lost with their connection; this finds what they would have told. */
const LOOK_EVERY_MS = 1000;
/** A table of a song is about 1 kB. */
const REMEMBERED = 20_000;
const GRANTED = 5000;

type News = (payload: unknown) => void;

/** What nobody has made yet, or is making. */
interface Missing {
  readonly key: VersionedKey;
  readonly rung: Rung;
  readonly source: TrackSource;
  readonly index: number;
  /** Segments of the whole. */
  readonly count: number;
}

/** Who asks, and the signal that he has gone. */
export interface Asking {
  readonly holder: string;
  readonly gone: AbortSignal;
}

/** Finds segments for listeners, and makes those that are missing wanted. */
@Injectable()
export class SegmentFinder implements OnApplicationBootstrap, OnModuleDestroy {
  /** Ready renditions by what their URLs name and their chunk. */
  private readonly ready = new RecentMap<Rendition>();
  /** Tracks that listeners were given, the longest ago first. */
  private readonly granted = new Set<string>();
  private readonly listeners = new Map<string, Set<News>>();
  private readonly waiting = new WaitingListeners();
  private readonly sought = new SoughtChunks();
  /** By rendition that somebody waits for here: when this process last said so. */
  private readonly wantedAt = new Map<string, number>();
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly renditions: RenditionRepository,
    private readonly sources: SourceRepository,
    private readonly notifier: Notifier,
    @Optional() private readonly waitLimitMs: number = WAIT_LIMIT_MS,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const forgetEncodes = await this.notifier.subscribe('kanade_encode', (payload) => {
      const key = readyKeyOf(payload);
      if (key !== undefined && this.granted.has(key.trackId)) this.learnAbout(key.trackId);
    });
    const forgetFragments = await this.notifier.subscribe('kanade_fragment', (payload) => {
      const trackId = changedTrackOf(payload);
      if (trackId !== undefined) this.forgetTrack(trackId);
      const id = renditionIdOf(payload);
      for (const listener of this.listeners.get(id ?? '') ?? []) listener(payload);
    });
    this.unsubscribe = () => {
      forgetEncodes();
      forgetFragments();
    };
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  /**
   * @throws DomainError SEGMENT_NOT_FOUND; ENCODER_FAILED or, when nothing came in time, ENCODER_BUSY;
   * TOO_MANY_REQUESTS; and what a track that cannot be played throws. Ends with the signal's reason when the listener has gone.
   */
  async find(key: VersionedKey, index: number, asking: Asking): Promise<SegmentPlace> {
    const known = this.known(key, index);
    if (known !== undefined) return placeIn(known, index) ?? noSegment();
    if (index === INIT) return this.look(key, index, asking);
    const leave = this.sought.enter(rungNameOf(key), chunkOfSegment(index));
    return this.look(key, index, asking).finally(leave);
  }

  private async look(key: VersionedKey, index: number, asking: Asking): Promise<SegmentPlace> {
    const row = await (index === INIT ? this.renditions.findInit(key) : this.renditions.find(key, index));
    if (row !== undefined && row.soundVersion !== key.soundVersion) noSegment();
    if (row?.state === 'ready') {
      this.remember(row);
      return placeIn(row, index) ?? noSegment();
    }
    const rung = rungOf(key) ?? noSegment();
    const source = await this.sources.get(key.trackId);
    if (source.soundVersion !== key.soundVersion) noSegment();
    const ends = await this.renditions.findEnds(key.trackId, key.codec);
    const count = expectedTimeline(key.codec, source, ends).mediaSamples.length;
    if (index >= count) noSegment();
    const place = row === undefined ? undefined : placeIn(row, index, count);
    if (place !== undefined) return place;
    const expected = predictedTimeline(key.codec, source);
    const chunk =
      index !== INIT
        ? chunkHolding(expected, index)
        : (row?.chunk ?? (chunkCount(expected) === 1 ? 0 : await this.sought.soon(rungNameOf(key))));
    return this.waitIn(chunk, { key, rung, source, index, count }, asking);
  }

  private async waitIn(
    chunk: number,
    { key, rung, source, index, count }: Missing,
    asking: Asking,
  ): Promise<SegmentPlace> {
    asking.gone.throwIfAborted();
    const name = nameOf(key, chunk);
    const within = index === INIT ? firstSegmentOf(chunk) : index;
    const leave = this.waiting.enter(asking.holder, name);
    let wanted: Rendition | undefined;
    try {
      wanted =
        (await this.renditions.want(source, rung, within, index !== INIT)) ??
        (await this.renditions.find(key, within)) ??
        noSegment();
      this.noteWanted(wanted.id, wanted.wantedAt);
      return await this.waitFor(wanted, key.soundVersion, index, count, asking.gone);
    } finally {
      leave();
      if (wanted !== undefined && !this.waiting.isAwaited(name))
        this.leaveRendition(wanted.id, asking.gone.aborted);
    }
  }

  private noteWanted(id: string, at: number | null): void {
    if (at !== null) this.wantedAt.set(id, Math.max(at, this.wantedAt.get(id) ?? 0));
  }

  /** Whoever came before the last of these, to another process, sees it within a second, and wants it again. */
  private leaveRendition(id: string, abandoned: boolean): void {
    const wantedAt = this.wantedAt.get(id);
    this.wantedAt.delete(id);
    if (!abandoned || wantedAt === undefined) return;
    this.renditions
      .unwant(id, wantedAt)
      .catch((error: unknown) => log.debug({ error: errorMessage(error) }, 'an encoder was not let go'));
  }

  /** A ready rendition that this process remembers: no question to the database. */
  known(key: VersionedKey, index: number): Rendition | undefined {
    const first = this.ready.get(nameOf(key, 0));
    const chunk = chunkOfSegment(index);
    // Nothing in the address of a segment says whether its rendition has one chunk or many.
    return chunk === 0 || first?.chunks === 1 ? first : this.ready.get(nameOf(key, chunk));
  }

  /** A rendition that was to be there is not (evicted, or its track removed): the next request asks the database. */
  forget(key: VersionedKey, index: number): void {
    const row = this.known(key, index);
    if (row !== undefined) this.ready.delete(nameOf(key, row.chunk));
  }

  /**
   * What a manifest was made of: their segments are found without a question to the database, which may be away by
   * then. What of these tracks becomes ready later is asked for at once.
   */
  learn(trackIds: readonly string[], rows: readonly Rendition[]): void {
    for (const row of rows) if (row.state === 'ready') this.remember(row);
    for (const trackId of trackIds) {
      this.granted.delete(trackId);
      this.granted.add(trackId);
    }
    for (const trackId of this.granted) {
      if (this.granted.size <= GRANTED) break;
      this.granted.delete(trackId);
    }
  }

  private learnAbout(trackId: string): void {
    this.renditions
      .findOfTracks([trackId])
      .then((rows) => this.learn([trackId], rows))
      .catch((error: unknown) =>
        log.debug({ error: errorMessage(error) }, 'a new rendition was not looked up'),
      );
  }

  private forgetTrack(trackId: string): void {
    this.ready.deleteWhere((row) => row.trackId === trackId);
    // What was not evicted of it is still there, and is to be known when the database is away.
    if (this.granted.has(trackId)) this.learnAbout(trackId);
  }

  private async waitFor(
    { id, chunk, chunks, sampleRateHz }: Rendition,
    soundVersion: string,
    index: number,
    count: number,
    gone: AbortSignal,
  ): Promise<SegmentPlace> {
    const end = performance.now() + this.waitLimitMs;
    while (performance.now() < end) {
      gone.throwIfAborted();
      // Listening begins before the look, so that nothing falls between the two.
      const news = this.listen(id, ownNumber({ chunk, chunks }, index), index === count - 1, gone);
      try {
        const row = (await this.renditions.findById(id)) ?? noSegment();
        if (row.soundVersion !== soundVersion) noSegment();
        const place = placeIn(row, index, count);
        if (place !== undefined) return place;
        if (row.state === 'ready') noSegment();
        if (row.state === 'failed')
          // The reason names paths of this machine: it is in the row, for administrators.
          throw new DomainError('ENCODER_FAILED', 'This track could not be encoded.', {
            retryAfterSeconds: FAILED_REST_SECONDS,
          });
        if (row.wantedAt === null) this.noteWanted(id, await this.renditions.wantAgain(id));
        gone.throwIfAborted();
        const told = await news.place;
        gone.throwIfAborted();
        if (told !== undefined) return { ...told, sampleRateHz };
      } finally {
        news.stop();
      }
    }
    throw new DomainError('ENCODER_BUSY', 'The encoders are busy. Try again soon.', { retryAfterSeconds: 5 });
  }

  /** Resolves with the place when it is told, with nothing when it is time to look again. */
  private listen(
    id: string,
    own: number,
    isLast: boolean,
    gone: AbortSignal,
  ): { readonly place: Promise<ToldPlace | undefined>; stop(): void } {
    const { promise, resolve } = Promise.withResolvers<ToldPlace | undefined>();
    const onNews: News = (payload) => {
      const growth = growthOf(payload);
      if (growth === undefined) resolve(undefined);
      else if (own < growth.first + growth.bytes.length) resolve(toldPlace(growth, own, isLast));
    };
    const giveUp = (): void => resolve(undefined);
    const listeners = this.listeners.get(id) ?? new Set<News>();
    this.listeners.set(id, listeners.add(onNews));
    const timer = setTimeout(giveUp, Math.min(LOOK_EVERY_MS, this.waitLimitMs));
    gone.addEventListener('abort', giveUp, { once: true });
    const stop = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', giveUp);
      listeners.delete(onNews);
      if (listeners.size === 0) this.listeners.delete(id);
    };
    return { place: promise, stop };
  }

  private remember(row: Rendition): void {
    this.ready.set(nameOf(row, row.chunk), row);
    if (this.ready.size > REMEMBERED) this.ready.evict();
  }
}

const rungNameOf = (key: VersionedKey): string =>
  `${key.trackId}/${key.soundVersion}/${key.codec}-${key.bitrateKbps}`;
const nameOf = (key: VersionedKey, chunk: number): string => `${rungNameOf(key)}/${chunk}`;

const noSegment = (): never => {
  throw new DomainError('SEGMENT_NOT_FOUND', 'There is no such segment.');
};

/** The number of a segment among those of its chunk. */
const ownNumber = ({ chunk }: ChunkPlace, index: number): number =>
  index === INIT ? INIT : index - firstSegmentOf(chunk);

/** How many segments a ready rendition has, as far as its row can tell: only the last chunk knows where the end is. */
const segmentsUpTo = ({ chunk, chunks, segmentBytes }: Rendition): number =>
  chunk === chunks - 1 ? firstSegmentOf(chunk) + segmentBytes.length : Number.POSITIVE_INFINITY;

/** Where the row says that a segment lies; `count` is how many a rendition that still grows will have. */
const placeIn = (row: Rendition, index: number, count = segmentsUpTo(row)): SegmentPlace | undefined => {
  const { initBytes, segmentBytes, sampleRateHz } = row;
  if (initBytes === null) return undefined;
  const own = ownNumber(row, index);
  const length = index === INIT ? initBytes : segmentBytes[own];
  if (length === undefined) return undefined;
  const isLast = index === count - 1;
  const span = { offset: segmentOffset(initBytes, segmentBytes, own), length, isLast, sampleRateHz };
  if (row.state === 'ready' && row.storageKey !== null) return { ...span, storageKey: row.storageKey };
  return row.state === 'encoding' && row.draftPath !== null
    ? { ...span, draftPath: row.draftPath }
    : undefined;
};

const toldPlace = (
  growth: NonNullable<ReturnType<typeof growthOf>>,
  own: number,
  isLast: boolean,
): ToldPlace | undefined => {
  const { draftPath, initBytes, first, bytes } = growth;
  if (own === INIT) return { offset: 0, length: initBytes, isLast: false, draftPath };
  const length = bytes[own - first];
  if (own < first || length === undefined) return undefined;
  const offset = bytes.slice(0, own - first).reduce((sum, each) => sum + each, growth.offset);
  return { offset, length, isLast, draftPath };
};
