import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../common/errors.js';
import type { Rung } from '../media/ladder.js';
import { OBJECT_STORE, type ObjectStore } from '../storage/object-store.js';
import { firstSegmentOf } from '../transcode/chunks.js';
import type { Rendition } from '../transcode/rendition.js';
import { RenditionRepository } from '../transcode/rendition.repository.js';
import type { TrackSource } from '../transcode/source.repository.js';
import { taggedInit, type FileTags } from './mp4-tags.js';
import { joinedFile, type Part, type StoredFile } from './stored-file.js';

/** Nobody waits longer than this without a chunk that became ready meanwhile. */
const WAIT_LIMIT_MS = 120_000;
const LOOK_EVERY_MS = 300;

type Ready = Rendition & {
  readonly storageKey: string;
  readonly initBytes: number;
  readonly sizeBytes: number;
};

const isReady = (row: Rendition): row is Ready =>
  row.state === 'ready' && row.storageKey !== null && row.initBytes !== null && row.sizeBytes !== null;

/** Renditions as files: the head with tags in it, then the fragments of each chunk, as they are stored. */
@Injectable()
export class RungFiles {
  constructor(
    private readonly renditions: RenditionRepository,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** Undefined while a part of it is not encoded. */
  async find(
    source: TrackSource,
    rung: Rung,
    tags: () => Promise<FileTags>,
  ): Promise<StoredFile | undefined> {
    const rows = await this.chunks(source, rung);
    const ready = rows.filter(isReady);
    const [first] = ready;
    if (first === undefined || ready.length < first.chunks) return undefined;
    const init = taggedInit(
      await this.store.read(first.storageKey, { offset: 0, length: first.initBytes }),
      await tags(),
    );
    const parts: Part[] = ready.map(({ storageKey, initBytes, sizeBytes }) => ({
      length: sizeBytes - initBytes,
      read: (offset, length) => this.store.read(storageKey, { offset: initBytes + offset, length }),
    }));
    const hash = createHash('sha256').update(init);
    for (const { storageKey } of ready) hash.update(storageKey);
    const tag = `"${hash.digest('base64url').slice(0, 22)}"`;
    return joinedFile([{ bytes: init }, ...parts], tag, 'audio/mp4');
  }

  /** Has a worker make what is not there, chunk by chunk, as a listener would. @throws DomainError ENCODER_BUSY */
  async make(source: TrackSource, rung: Rung, gone: AbortSignal): Promise<void> {
    let since = performance.now();
    let count = 0;
    for (;;) {
      gone.throwIfAborted();
      const rows = await this.chunks(source, rung);
      const ready = rows.filter(isReady);
      const chunks = rows[0]?.chunks ?? 1;
      if (rows.length > 0 && ready.length >= chunks) return;
      if (ready.length > count) since = performance.now();
      count = ready.length;
      if (performance.now() - since > WAIT_LIMIT_MS)
        throw new DomainError('ENCODER_BUSY', 'This is not encoded yet. Try again in a while.', {
          retryAfterSeconds: 30,
        });
      const done = new Set(ready.map(({ chunk }) => chunk));
      const missing = Array.from({ length: chunks }, (_, chunk) => chunk).find((chunk) => !done.has(chunk));
      const wanted = rows.find(({ chunk }) => chunk === missing);
      if (wanted?.state === 'failed')
        throw new DomainError('ENCODER_FAILED', 'This track could not be encoded.');
      if (wanted?.wantedAt == null)
        await this.renditions.want(source, rung, firstSegmentOf(missing ?? 0), false);
      await pause(LOOK_EVERY_MS);
    }
  }

  private async chunks(source: TrackSource, rung: Rung): Promise<readonly Rendition[]> {
    const rows = await this.renditions.findOfTracks([source.trackId]);
    return rows
      .filter(
        (row) =>
          row.codec === rung.codec &&
          row.bitrateKbps === rung.bitrateKbps &&
          row.soundVersion === source.soundVersion,
      )
      .sort((a, b) => a.chunk - b.chunk);
  }
}
