import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '../common/log.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Visible } from '../libraries/seen.js';
import type { Codec } from '../media/ladder.js';
import { NextTracks } from '../transcode/next-tracks.js';
import { requireMeasured, type FoundSource } from '../transcode/source.repository.js';
import { gainDb } from './gain.js';
import { GrantedTracks } from './granted-tracks.js';
import { ManifestService, SIGNING_KEY } from './manifest.service.js';
import { artworkPrefix, queuePrefix, trackPrefix } from './media-path.js';
import type { PlaybackGrantDto, QueueGrantDto } from './playback.dto.js';
import { queueItems } from './queue-items.js';
import { GRANT_SECONDS, signedQuery, type SigningKey } from './signing.js';

/** How long a listener waits for a track that nobody has measured yet. */
const MEASURE_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 200;

/** Gives listeners URLs that work by themselves, for ten minutes. */
@Injectable()
export class GrantService {
  constructor(
    private readonly granted: GrantedTracks,
    private readonly manifests: ManifestService,
    private readonly jobs: JobQueue,
    private readonly next: NextTracks,
    @Inject(SIGNING_KEY) private readonly key: SigningKey,
  ) {}

  /** @throws DomainError when the track cannot be played, or not yet */
  async track(trackId: string, holder: string, visible: Visible): Promise<PlaybackGrantDto> {
    const source = requireMeasured(trackId, (await this.measured([trackId], visible)).get(trackId));
    // The manifest comes next; should the database go away before that, it is known already.
    this.granted.renditionsOf([trackId]).catch(() => undefined);
    const prefix = trackPrefix(trackId);
    const { query, expiresAt } = this.sign(prefix, holder);
    const url = (name: string): string => `${prefix}${name}?${query}`;
    return {
      dash: url('dash.mpd'),
      hls: { aac: url('hls/aac.m3u8'), opus: url('hls/opus.m3u8'), flac: url('hls/flac.m3u8') },
      original: url('original'),
      expiresAt,
      durationMs: Math.round((source.sampleCount * 1000) / source.sampleRateHz),
      gainDb: gainDb(source.integratedLufs, source.truePeakDbtp),
    };
  }

  /** A queue is granted whole or not at all: its times only hold when every track has its place. */
  async queue(
    trackIds: readonly string[],
    codec: Codec,
    holder: string,
    visible: Visible,
    /** When what lets the holder hear ends by itself. */
    until?: Date,
  ): Promise<QueueGrantDto> {
    const sources = await this.measured(trackIds, visible);
    for (const trackId of trackIds) requireMeasured(trackId, sources.get(trackId));
    const prefix = queuePrefix(codec, trackIds);
    const { query, expiresAt, expiresAtSeconds } = this.sign(prefix, holder, until);
    const [manifests, albumGains] = await Promise.all([
      this.manifests.tracks(trackIds, codec, { holder, expiresAtSeconds }),
      this.granted.albumGainsOf(trackIds),
    ]);
    const tracks = manifests.map((manifest) => ({
      manifest,
      source: requireMeasured(manifest.trackId, sources.get(manifest.trackId)),
    }));
    // The listener does not wait for it: he hears the first one first.
    this.next
      .prepare(
        tracks.map(({ source }) => source),
        codec,
      )
      .catch((error: unknown) => log.warn({ err: error }, 'the next tracks could not be queued'));
    return { items: queueItems(tracks, albumGains), dash: `${prefix}dash.mpd?${query}`, expiresAt };
  }

  /** A picture's address, good as long as a track's: a template with `$Size$`. */
  picture(artworkId: string, holder: string, until: Date): string {
    const prefix = artworkPrefix(artworkId);
    return `${prefix}$Size$?${this.sign(prefix, holder, until).query}`;
  }

  private sign(
    prefix: string,
    holder: string,
    until?: Date,
  ): { readonly query: string; readonly expiresAt: string; readonly expiresAtSeconds: number } {
    const latest = until === undefined ? Infinity : Math.floor(until.getTime() / 1000);
    const expiresAtSeconds = Math.min(Math.floor(Date.now() / 1000) + GRANT_SECONDS, latest);
    return {
      query: signedQuery(this.key, { prefix, holder, expiresAtSeconds }),
      expiresAt: new Date(expiresAtSeconds * 1000).toISOString(),
      expiresAtSeconds,
    };
  }

  /** Those not measured yet go to the front of the worker's queue, and are waited for; what is not seen is not found. */
  private async measured(
    trackIds: readonly string[],
    visible: Visible,
  ): Promise<ReadonlyMap<string, FoundSource>> {
    const end = performance.now() + MEASURE_LIMIT_MS;
    let found = await this.findSeen(trackIds, visible);
    const fileIds = [...found.values()].flatMap((each) => (each.state === 'pending' ? each.fileId : []));
    await this.jobs.hasten(
      'ingest.analyse',
      [...new Set(fileIds)].map((fileId) => ({ fileId })),
    );
    while (performance.now() < end && [...found.values()].some((each) => each.state === 'pending')) {
      await pause(LOOK_EVERY_MS);
      found = await this.findSeen(trackIds, visible);
    }
    return found;
  }

  private async findSeen(
    trackIds: readonly string[],
    visible: Visible,
  ): Promise<ReadonlyMap<string, FoundSource>> {
    const found = await this.granted.find(trackIds);
    if (visible === null) return found;
    return new Map([...found].filter(([, { libraryId }]) => visible.includes(libraryId)));
  }
}
