import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isMissingFile } from '../common/error-code.js';
import { DomainError } from '../common/errors.js';
import { log } from '../common/log.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { forQueue, isChangedForQueue } from '../transcode/full-fragment.js';
import { PlayedRungs } from '../transcode/played-rungs.js';
import type { VersionedKey } from '../transcode/rendition.js';
import { ServedRenditions } from '../transcode/served-renditions.js';
import { forManifest } from '../transcode/short-track.js';
import { INIT, SegmentFinder, type Asking, type SegmentPlace } from '../transcode/segment-finder.js';
import type { Exchange, FlatHeaders } from './exchange.js';
import { HotSegments, type HotSegment } from './hot-segments.js';
import { OpenFiles } from './open-files.js';
import { sendBytes } from './send-bytes.js';

export interface SegmentRequest {
  readonly key: VersionedKey;
  readonly index: number;
  readonly full: boolean;
}

/** A growing file is renamed a moment before its row says ready: then it is looked for again. */
const MOVED_TRIES = 40;
const MOVED_PAUSE_MS = 50;

const KEPT_FOR_EVER: FlatHeaders = ['cache-control', 'public, max-age=31536000, immutable'];

const headersOf = (length: number, tag: string): FlatHeaders => {
  const headers = ['content-type', 'audio/mp4', 'content-length', String(length), ...KEPT_FOR_EVER];
  if (tag !== '') headers.push('etag', tag);
  return headers;
};

/** A stored object's name is its own for each encoding, so it names the bytes as well as their hash would. */
const hotName = (storageKey: string, { index, full }: SegmentRequest): string =>
  `${storageKey}/${full ? 'full-' : ''}${index}`;
const tagOf = (name: string): string => `"${name.split('/').slice(-2).join('.')}"`;

const sendWhole = (exchange: Exchange, { bytes, tag }: HotSegment): void => {
  if (exchange.isKnownToListener(tag, KEPT_FOR_EVER)) return;
  exchange.head(200, headersOf(bytes.length, tag)).end(exchange.isHead ? undefined : bytes);
};

/** How much memory hot segments may take, in bytes. */
export const SEGMENT_CACHE_BYTES = Symbol('kanade:segment-cache-bytes');

/** Sends init parts and segments, of finished files and of those that still grow. */
@Injectable()
export class SegmentSender implements OnModuleDestroy {
  private readonly files = new OpenFiles();
  private readonly hot: HotSegments;

  constructor(
    private readonly finder: SegmentFinder,
    private readonly played: PlayedRungs,
    private readonly served: ServedRenditions,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(SEGMENT_CACHE_BYTES) cacheBytes: number,
  ) {
    this.hot = new HotSegments(cacheBytes);
  }

  async onModuleDestroy(): Promise<void> {
    this.hot.clear();
    await this.files.close();
  }

  /** Answers in the same turn when the segment is in memory. @returns whether it did */
  sendHot(wanted: SegmentRequest, exchange: Exchange): boolean {
    const row = this.finder.known(wanted.key, wanted.index);
    const found = row?.storageKey == null ? undefined : this.hot.get(hotName(row.storageKey, wanted));
    if (found === undefined) return false;
    this.served.note(wanted.key, wanted.index);
    if (wanted.index > 0) this.followUp(wanted);
    sendWhole(exchange, found);
    return true;
  }

  /** @throws DomainError when there is no such segment or it could not be made in time */
  async send(wanted: SegmentRequest, holder: string, exchange: Exchange): Promise<void> {
    const asking: Asking = {
      holder,
      get gone() {
        return exchange.gone;
      },
    };
    for (let tries = 0; tries < MOVED_TRIES; tries++) {
      const place = await this.finder.find(wanted.key, wanted.index, asking);
      this.served.note(wanted.key, wanted.index);
      if (wanted.index > 0) this.followUp(wanted);
      try {
        await this.sendPlace(wanted, place, exchange);
        return;
      } catch (error) {
        if (exchange.response.headersSent || !(isMissingFile(error) || error instanceof ObjectNotFound))
          throw error;
        this.finder.forget(wanted.key, wanted.index);
        await pause(MOVED_PAUSE_MS, undefined, { signal: asking.gone });
      }
    }
    log.error({ ...wanted.key }, 'a rendition is ready by its row, but its file is not there');
    throw new DomainError('SEGMENT_NOT_FOUND', 'The file of this segment is not there.');
  }

  private async sendPlace(wanted: SegmentRequest, place: SegmentPlace, exchange: Exchange): Promise<void> {
    const path = 'draftPath' in place ? place.draftPath : this.store.localPath(place.storageKey);
    const patch = patchFor(wanted, place);
    const patched = patch !== null;
    const whole = async (tag: string): Promise<HotSegment> => {
      const bytes = await this.read(place, path);
      return { bytes: patched ? patch(bytes) : bytes, tag };
    };
    if (!('storageKey' in place)) {
      // Who asks for a part that still grows gets no tag: its finished file will have another name.
      if (patched) sendWhole(exchange, await whole(''));
      else await this.sendPart(place, place.draftPath, '', exchange);
      return;
    }
    const name = hotName(place.storageKey, wanted);
    const tag = tagOf(name);
    if (!exchange.isHead && this.hot.isWanted(name, place.length))
      sendWhole(exchange, await this.hot.load(name, () => whole(tag)));
    else if (path === null || patched) sendWhole(exchange, await whole(tag));
    else await this.sendPart(place, path, tag, exchange);
  }

  /** Straight from the file, by pooled buffers. */
  private async sendPart(place: SegmentPlace, path: string, tag: string, exchange: Exchange): Promise<void> {
    if (exchange.isKnownToListener(tag, KEPT_FOR_EVER)) return;
    const headers = headersOf(place.length, tag);
    if (exchange.isHead) exchange.head(200, headers).end();
    else
      await this.files.use(path, (handle) =>
        sendBytes(exchange.head(200, headers), handle, place.offset, place.length),
      );
  }

  private async read(place: SegmentPlace, path: string | null): Promise<Buffer> {
    const { offset, length } = place;
    if (path !== null) return this.files.use(path, (handle) => readExactly(handle, offset, length));
    if (!('storageKey' in place)) throw new Error('a growing file is always a local one');
    return this.store.read(place.storageKey, { offset, length });
  }

  /** The listener's own request does not wait for it. */
  private followUp({ key, index }: SegmentRequest): void {
    this.played
      .played(key, index)
      ?.catch((error: unknown) => log.warn({ err: error, ...key }, 'the other rungs could not be queued'));
  }
}

/** What is sent otherwise than it is stored: the edges of a queue's tracks, and what might be too short to end. */
const patchFor = (
  { key: { codec }, index, full }: SegmentRequest,
  { isLast, sampleRateHz }: SegmentPlace,
): ((segment: Buffer) => Buffer) | null => {
  if (index === INIT) return null;
  const place = { codec, isFirst: index === 0, isLast };
  if (full) return isChangedForQueue(place) ? (segment) => forQueue(segment, place) : null;
  return index === 0 && isLast ? (segment) => forManifest(segment, { codec, sampleRateHz }) : null;
};

const readExactly = async (handle: FileHandle, offset: number, length: number): Promise<Buffer> => {
  // Not from the shared pool: a kept segment would hold a slab many times its size.
  const buffer = Buffer.allocUnsafeSlow(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead < length) throw new Error(`the file ended ${length - bytesRead} bytes early`);
  return buffer;
};
