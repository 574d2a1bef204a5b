import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isMissingFile } from '../common/error-code.js';
import { DomainError } from '../common/errors.js';
import { log } from '../common/log.js';
import { FRAMING } from '../media/ladder.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { withLastSampleDuration } from '../transcode/last-fragment.js';
import { PlayedRungs } from '../transcode/played-rungs.js';
import type { RenditionKey, VersionedKey } from '../transcode/rendition.js';
import { ServedRenditions } from '../transcode/served-renditions.js';
import { INIT, SegmentFinder, type Asking, type SegmentPlace } from '../transcode/segment-finder.js';
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

const HEADERS = {
  'content-type': 'audio/mp4',
  'cache-control': 'public, max-age=31536000, immutable',
} as const;

/** Sends init parts and segments, of finished files and of those that still grow. */
@Injectable()
export class SegmentSender implements OnModuleDestroy {
  private readonly files = new OpenFiles();

  constructor(
    private readonly finder: SegmentFinder,
    private readonly played: PlayedRungs,
    private readonly served: ServedRenditions,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.files.close();
  }

  /** @throws DomainError when there is no such segment or it could not be made in time */
  async send(
    wanted: SegmentRequest,
    withBody: boolean,
    response: ServerResponse,
    asking: Asking,
  ): Promise<void> {
    for (let tries = 0; tries < MOVED_TRIES; tries++) {
      const place = await this.finder.find(wanted.key, wanted.index, asking);
      this.served.note(wanted.key);
      if (wanted.index > 0) this.followUp(wanted.key);
      try {
        await this.sendPlace(wanted, place, withBody, response);
        return;
      } catch (error) {
        if (response.headersSent || !(isMissingFile(error) || error instanceof ObjectNotFound)) throw error;
        this.finder.forget(wanted.key);
        await pause(MOVED_PAUSE_MS, undefined, { signal: asking.gone });
      }
    }
    log.error({ ...wanted.key }, 'a rendition is ready by its row, but its file is not there');
    throw new DomainError('SEGMENT_NOT_FOUND', 'The file of this segment is not there.');
  }

  private async sendPlace(
    wanted: SegmentRequest,
    place: SegmentPlace,
    withBody: boolean,
    response: ServerResponse,
  ): Promise<void> {
    const head = (): void => void response.writeHead(200, { ...HEADERS, 'content-length': place.length });
    const path = 'draftPath' in place ? place.draftPath : this.store.localPath(place.storageKey);
    const { frameSamples } = FRAMING[wanted.key.codec];
    // A FLAC frame tells its own length: its last one is short and whole at once.
    const patched = wanted.full && place.isLast && wanted.index !== INIT && wanted.key.codec !== 'flac';
    if (!withBody) {
      head();
      response.end();
    } else if (path === null || patched) {
      const bytes = await this.read(place, path);
      const sent = patched ? withLastSampleDuration(bytes, frameSamples) : bytes;
      head();
      response.end(sent);
    } else {
      await this.files.use(path, async (handle) => {
        head();
        await sendBytes(response, handle, place.offset, place.length);
      });
    }
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
      .catch((error: unknown) => log.warn({ err: error, ...key }, 'the other rungs could not be queued'));
  }
}

const readExactly = async (handle: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead < length) throw new Error(`the file ended ${length - bytesRead} bytes early`);
  return buffer;
};
