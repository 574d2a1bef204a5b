import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { segmentPrefix, trackPrefix } from '../../backend/dist/streaming/media-path.js';
import { signedQuery, type SigningKey } from '../../backend/dist/streaming/signing.js';

export interface Objects {
  /** Paths with their signatures, as a player asks for them. */
  readonly signed: readonly string[];
  /** The same segments as files of their own, below the folder given. */
  readonly plain: readonly string[];
}

interface Sizes {
  readonly store: string;
  readonly files: string;
  readonly tracks: number;
  readonly segments: number;
  readonly bytes: number;
}

const INIT_BYTES = 800;
const RUNGS = [96, 160, 320];
const SOUND_VERSION = '0123456789ab';

/** Ready renditions of random bytes, by their rows and files, and beside them each segment as a file for the others. */
export const makeObjects = async (url: string, key: SigningKey, sizes: Sizes): Promise<Objects> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await makeWith(client, key, sizes);
  } finally {
    await client.end();
  }
};

const makeWith = async (
  client: pg.Client,
  key: SigningKey,
  { store, files, tracks, segments, bytes }: Sizes,
): Promise<Objects> => {
  const signed: string[] = [];
  const plain: string[] = [];
  const [library, album] = [randomUUID(), randomUUID()];
  await client.query(
    `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', '/music', '/music')`,
    [library],
  );
  await client.query(
    `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text)
     VALUES ($1, 'album', 'Album', 'album', '', '')`,
    [album],
  );
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + 7200;
  for (let track = 0; track < tracks; track += 1) {
    const [fileId, trackId] = [randomUUID(), randomUUID()];
    await client.query(
      `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state, audio_hash)
       VALUES ($1, $2, $3, $4, 1, 1, 1, 'ready', decode(rpad($5, 64, '0'), 'hex'))`,
      [fileId, library, Buffer.from(`${track}.flac`), `${track}.flac`, SOUND_VERSION],
    );
    await client.query(
      `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key, codec, container,
                           lossless, sample_rate_hz, bit_depth, channels, sample_count, duration_ms)
       VALUES ($1, $2, $3, 'Track', 'track', '', '', 'flac', 'flac', true, 48000, 16, 2, $4::int * 192000, $4 * 4000)`,
      [trackId, fileId, album, segments],
    );
    const content = randomBytes(INIT_BYTES + segments * bytes);
    const storageKey = `renditions/${track}/opus.mp4`;
    write(join(store, storageKey), content);
    for (const kbps of RUNGS)
      await client.query(
        `INSERT INTO renditions (id, track_id, codec, bitrate_kbps, state, sample_rate_hz, sample_count, init_bytes,
                                 segment_bytes, segment_samples, size_bytes, storage_key, sha256)
         VALUES ($1, $2, 'opus', $3, 'ready', 48000, 48000, $4, $5, $6, $7, $8, sha256(''))`,
        [
          randomUUID(),
          trackId,
          kbps,
          INIT_BYTES,
          Array<number>(segments).fill(bytes),
          Array<number>(segments).fill(192_000),
          content.length,
          storageKey,
        ],
      );
    const query = signedQuery(key, { prefix: trackPrefix(trackId), holder: randomUUID(), expiresAtSeconds });
    for (let segment = 0; segment < segments; segment += 1) {
      signed.push(
        `${segmentPrefix({ trackId, soundVersion: SOUND_VERSION })}opus-160/${segment}.m4s?${query}`,
      );
      const name = `${track}/${segment}.m4s`;
      const start = INIT_BYTES + segment * bytes;
      write(join(files, name), content.subarray(start, start + bytes));
      plain.push(`/${name}`);
    }
  }
  return { signed, plain };
};

const write = (path: string, bytes: Buffer): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};
