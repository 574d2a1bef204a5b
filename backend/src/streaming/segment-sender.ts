import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isMissingFile } from '../common/error-code.js';
import { DomainError } from '../common/errors.js';
import { log } from '../common/log.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { forQueue, isChangedForQueue } from '../transcode/full-fragment.js';
import { PlayedRungs } from '../transcode/played-rungs.js';
import type { RenditionKey, VersionedKey } from '../transcode/rendition.js';
import { ServedRenditions } from '../transcode/served-renditions.js';
import { forManifest } from '../transcode/short-track.js';
import { INIT, SegmentFinder, type Asking, type SegmentPlace } from '../transcode/segment-finder.js';
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

const CACHE_CONTROL = 'public, max-age=31536000, immutable';

const headersOf = (length: number, tag: string): OutgoingHttpHeaders => ({
  'content-type': 'audio/mp4',
  'cache-control': CACHE_CONTROL,
  'content-length': length,
  ...(tag === '' ? {} : { etag: tag }),
});

/** A stored object's name is its own for each encoding, so it names the bytes as well as their hash would. */
const hotName = (storageKey: string, { index, full }: SegmentRequest): string =>
  `${storageKey}/${full ? 'full-' : ''}${index}`;
const tagOf = (name: string): string => `"${name.split('/').slice(-2).join('.')}"`;

/** Answers 304 to who has these bytes already. */
const isKnownToListener = (request: IncomingMessage, response: ServerResponse, tag: string): boolean => {
  const theirs = request.headers['if-none-match'];
  if (theirs === undefined || tag === '' || !theirs.split(/\s*,\s*/).includes(tag)) return false;
  response.writeHead(304, { etag: tag, 'cache-control': CACHE_CONTROL }).end();
  return true;
};

const sendWhole = (request: IncomingMessage, response: ServerResponse, { bytes, tag }: HotSegment): void => {
  if (isKnownToListener(request, response, tag)) return;
  response.writeHead(200, headersOf(bytes.length, tag));
  response.end(request.method === 'HEAD' ? undefined : bytes);
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
  sendHot(wanted: SegmentRequest, request: IncomingMessage, response: ServerResponse): boolean {
    const row = this.finder.known(wanted.key, wanted.index);
    const found = row?.storageKey == null ? undefined : this.hot.get(hotName(row.storageKey, wanted));
    if (found === undefined) return false;
    if (wanted.index > 0) this.followUp(wanted.key);
    sendWhole(request, response, found);
    return true;
  }

  /** @throws DomainError when there is no such segment or it could not be made in time */
  async send(
    wanted: SegmentRequest,
    request: IncomingMessage,
    response: ServerResponse,
    asking: Asking,
  ): Promise<void> {
    for (let tries = 0; tries < MOVED_TRIES; tries++) {
      const place = await this.finder.find(wanted.key, wanted.index, asking);
      this.served.note(wanted.key, wanted.index);
      if (wanted.index > 0) this.followUp(wanted.key);
      try {
        await this.sendPlace(wanted, place, request, response);
        return;
      } catch (error) {
        if (response.headersSent || !(isMissingFile(error) || error instanceof ObjectNotFound)) throw error;
        this.finder.forget(wanted.key, wanted.index);
        await pause(MOVED_PAUSE_MS, undefined, { signal: asking.gone });
      }
    }
    log.error({ ...wanted.key }, 'a rendition is ready by its row, but its file is not there');
    throw new DomainError('SEGMENT_NOT_FOUND', 'The file of this segment is not there.');
  }

  private async sendPlace(
    wanted: SegmentRequest,
    place: SegmentPlace,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = 'draftPath' in place ? place.draftPath : this.store.localPath(place.storageKey);
    const patch = patchFor(wanted, place);
    const patched = patch !== null;
    const whole = async (tag: string): Promise<HotSegment> => {
      const bytes = await this.read(place, path);
      return { bytes: patched ? patch(bytes) : bytes, tag };
    };
    if (!('storageKey' in place)) {
      // Who asks for a part that still grows gets no tag: its finished file will have another name.
      if (patched) sendWhole(request, response, await whole(''));
      else await this.sendPart(place, place.draftPath, '', request, response);
      return;
    }
    const name = hotName(place.storageKey, wanted);
    const tag = tagOf(name);
    if (request.method === 'GET' && this.hot.isWanted(name, place.length))
      sendWhole(request, response, await this.hot.load(name, () => whole(tag)));
    else if (path === null || patched) sendWhole(request, response, await whole(tag));
    else await this.sendPart(place, path, tag, request, response);
  }

  /** Straight from the file, by pooled buffers. */
  private async sendPart(
    place: SegmentPlace,
    path: string,
    tag: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (isKnownToListener(request, response, tag)) return;
    const headers = headersOf(place.length, tag);
    if (request.method === 'HEAD') response.writeHead(200, headers).end();
    else
      await this.files.use(path, async (handle) => {
        response.writeHead(200, headers);
        await sendBytes(response, handle, place.offset, place.length);
      });
  }

  private async read(place: SegmentPlace, path: string | null): Promise<Buffer> {
    const { offset, length } = place;
    if (path !== null) return this.files.use(path, (handle) => readExactly(handle, offset, length));
    if (!('storageKey' in place)) throw new Error('a growing file is always a local one');
    return this.store.read(place.storageKey, { offset, length });
  }

  /** The listener's own request does not wait for it. */
  private followUp(key: RenditionKey): void {
    this.played
      .played(key)
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
