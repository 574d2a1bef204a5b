import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Decoder } from '../../src/ingest/analyser.js';
import type { TagSource } from '../../src/ingest/intake.js';
import type { TrackFacts } from '../../src/media/facts.js';
import { MediaError } from '../../src/media/media-error.js';
import { versionsOfTools } from '../../src/media/sound-facts.js';
import type { TagReading } from '../../src/media/tag-reader-pool.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { SOUND } from './sound.js';

/** A file of these tests is "title|music"; the title is its tag, the music what its packets hold. */
const partsOf = (path: Buffer): { title: string; music: string } => {
  const [title = '', music = ''] = readFileSync(path, 'utf8').split('|');
  return { title, music };
};

const NO_FORMAT = {
  container: null,
  codec: null,
  lossless: null,
  sampleRateHz: null,
  bitDepth: null,
  channels: null,
  bitrateKbps: null,
  durationMs: null,
};

/** Of files that have none. */
export const silentTags: TagSource = {
  read: (paths) =>
    Promise.resolve(
      paths.map(() => ({ file: { tags: NO_TAGS, format: NO_FORMAT, pictures: [], cueSheet: null } })),
    ),
};

export const titleTags: TagSource = {
  read: (paths): Promise<readonly TagReading[]> =>
    Promise.resolve(
      paths.map((path) => ({
        file: {
          tags: { ...NO_TAGS, title: partsOf(path).title, artists: ['Ann'], album: 'Blue' },
          format: NO_FORMAT,
          pictures: [],
          cueSheet: null,
        },
      })),
    ),
};

export class PacketDecoder implements Decoder {
  readonly versions = versionsOfTools({ chromaprint: true });
  measured = 0;
  hashed = 0;

  measure(path: Buffer): Promise<TrackFacts> {
    this.measured += 1;
    const { music } = partsOf(path);
    if (music === 'broken') return Promise.reject(new MediaError('UNDECODABLE', 'It is damaged.'));
    if (music === 'busy') return Promise.reject(new MediaError('CANCELLED', 'Stopped.'));
    return Promise.resolve({
      ...this.identity(music),
      codec: 'flac',
      container: 'flac',
      lossless: true,
      sampleRateHz: 44_100,
      bitDepth: 16,
      channels: 2,
      bitrateKbps: 800,
      sampleCount: 44_100 * music.length,
      durationMs: 1000 * music.length,
      sound: { ...SOUND, pcm: { ...SOUND.pcm, trailingSilenceSamples: music.length } },
      warnings: [],
      ffmpegVersion: 'test',
      changesForm: false,
    });
  }

  hashAudio(path: Buffer) {
    this.hashed += 1;
    return Promise.resolve(this.identity(partsOf(path).music));
  }

  private identity(music: string) {
    return { audioHash: createHash('sha256').update(music).digest(), audioBytes: music.length };
  }
}
