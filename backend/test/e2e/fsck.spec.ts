import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { eventually } from '../support/client.js';
import { fsck } from '../support/fsck.js';
import { writePicture } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';
import { askDatabase, postmasterPid } from '../support/server-database.js';
import { isAlive } from '../support/processes.js';
import { toneWav, type ToneFolder } from '../support/tones.js';

const TRACKS = 5;

/** Names tell what will be done to each. */
const writeMusic = async (tones: ToneFolder): Promise<string> => {
  const root = tones.path('music');
  await mkdir(root);
  for (let at = 0; at < TRACKS; at++) {
    await tones.write('tone.wav', toneWav({ seconds: 5, frequencyHz: 200 + 40 * at, noise: 0.05 }));
    await tones.run(['-i', tones.path('tone.wav'), join(root, `track ${at}.flac`)]);
  }
  await writePicture(tones, 'music/cover.png', 'teal');
  return root;
};

/** Flips one bit in the middle and leaves size and time as they were, as a failing disk does. */
const rot = async (path: string, times: { readonly atime: Date; readonly mtime: Date }): Promise<void> => {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const handle = await open(path, 'r+');
  await handle.write(bytes.subarray(at, at + 1), 0, 1, at);
  await handle.utimes(times.atime, times.mtime);
  await handle.close();
};

describe('fsck', () => {
  let music: MusicServer;
  let server: EmbeddedPostgres;
  let client: pg.Client;
  const path = (...names: readonly string[]): string => join(music.dataDir, ...names);
  const ask = async (sql: string, params: readonly unknown[] = []): Promise<Record<string, unknown>> =>
    (await client.query<Record<string, unknown>>(sql, [...params])).rows[0] ?? {};
  /** Each time another rendition that is still whole, and where it lies. */
  const taken: string[] = [];
  const rendition = async (): Promise<{ readonly id: string; readonly file: string }> => {
    const { id, key } = await ask(
      `SELECT id, storage_key AS key FROM renditions WHERE state = 'ready' AND id <> ALL($1) ORDER BY id LIMIT 1`,
      [taken],
    );
    taken.push(String(id));
    return { id: String(id), file: path('store', String(key)) };
  };

  beforeAll(async () => {
    music = await MusicServer.start(writeMusic);
    await music.settled(({ files }) => files.ready === TRACKS);
    await eventually(
      () =>
        askDatabase<{ open: number }>(
          music.dataDir,
          `SELECT (SELECT count(*)::int FROM pgboss.job WHERE state <= 'active') AS open
            WHERE EXISTS (SELECT FROM renditions WHERE state = 'ready')`,
        ),
      ([row]) => row?.open === 0,
    );
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
    await music.remove();
  });

  it('finds nothing to say about a running installation, every byte of it decoded', async () => {
    expect(await fsck(music.dataDir, '--deep')).toMatchObject({ code: 0, lines: [] });
    expect((await music.client.request('GET', '/api/health')).status).toBe(200);
  });

  it('starts the database of a stopped one, and stops it again', async () => {
    const postgres = postmasterPid(music.dataDir);
    expect(await music.stop()).toBe(0);
    expect(await fsck(music.dataDir)).toMatchObject({ code: 0, lines: [] });
    expect(isAlive(postgres)).toBe(false);
    await expect(readdir(path('postgres/cluster'))).resolves.not.toContain('postmaster.pid');
  });

  it('says in words that there is nothing to look at', async () => {
    const { code, lines, said } = await fsck(music.tones.path('nowhere'));
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(said).toContain('there is no database of Kanade in');
  });

  /** What is done to the installation, and the one line that it gives. */
  const BREAKS: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    [
      'a file that rots',
      async () => {
        const file = join(music.root, 'track 0.flac');
        const { mtime } = await ask(
          `SELECT mtime_ns::float8 / 1e6 AS mtime FROM files WHERE display_path = $1`,
          ['track 0.flac'],
        );
        const time = new Date(Number(mtime));
        await rot(file, { atime: time, mtime: time });
        // A Date holds milliseconds only: the row is told the time that the file has now.
        await ask(`UPDATE files SET mtime_ns = $1 WHERE display_path = $2`, [
          `${Math.round(time.getTime() * 1000)}000`,
          'track 0.flac',
        ]);
      },
      /^I1 file track 0\.flac: it holds other sound than was measured, though its size and time are the same$/,
    ],
    [
      'a ready file without its facts',
      () =>
        ask(
          `UPDATE tracks SET sample_count = NULL FROM files f WHERE f.id = file_id AND f.display_path = $1`,
          ['track 1.flac'],
        ),
      /^I1 file track 1\.flac: it is ready, and has no measured track$/,
    ],
    [
      'a file that is gone',
      () => rm(join(music.root, 'track 2.flac')),
      /^I4 file track 2\.flac: it is not there, and is not marked missing$/,
    ],
    [
      'pictures that are gone',
      () => rm(path('store/artwork'), { recursive: true }),
      /^I4 artwork \S+: 9 of its 9 pictures are not in the store$/,
    ],
    [
      'an object of nobody',
      async () => {
        await mkdir(path('store/renditions/aa/stray'), { recursive: true });
        await writeFile(path('store/renditions/aa/stray/x.mp4'), 'x');
        await utimes(path('store/renditions/aa/stray/x.mp4'), 1, 1);
      },
      /^I4 object renditions\/aa\/stray\/x\.mp4: no row knows it$/,
    ],
    [
      'a rendition that is gone',
      async () => rm((await rendition()).file),
      /^I5 rendition \S+ \(\S+ \d+ of track \S+\): its file is not in the store$/,
    ],
    [
      'a rendition that ends early',
      async () => truncate((await rendition()).file, 1000),
      /^I5 rendition .+: its file has 1000 bytes instead of \d+$/,
    ],
    [
      'a rendition that rots',
      async () => rot((await rendition()).file, { atime: new Date(), mtime: new Date() }),
      /^I5 rendition .+: its file (has another hash than was written|is no rendition: .+)$/,
    ],
    [
      'a rendition whose row promises other samples',
      async () =>
        ask('UPDATE renditions SET sample_count = sample_count + 1 WHERE id = $1', [(await rendition()).id]),
      /^I5 rendition .+: its segments hold \d+ samples, its row \d+$/,
    ],
    [
      'a rendition without its last segment',
      async () =>
        ask(`UPDATE renditions SET segment_bytes = segment_bytes[:1] WHERE id = $1`, [
          (await rendition()).id,
        ]),
      /^I5 rendition .+: its table (has 1 sizes and 2 lengths of segments|tells \d+ bytes, its row \d+)$/,
    ],
    [
      'an encoder that is gone',
      async () =>
        ask(
          `UPDATE renditions SET state = 'encoding', lease_owner = $2, lease_expires_at = now() - interval '5 minutes'
            WHERE id = $1`,
          [(await rendition()).id, randomUUID()],
        ),
      /^I6 rendition .+: its encoder is gone$/,
    ],
    [
      'a job whose worker is gone',
      () =>
        ask(
          `UPDATE pgboss.job SET state = 'active', completed_on = NULL, started_on = now() - interval '9 minutes',
                  heartbeat_on = now() - interval '5 minutes'
            WHERE id = (SELECT id FROM pgboss.job WHERE name = 'ingest.scan' AND state = 'completed' LIMIT 1)`,
        ),
      /^I6 job ingest\.scan \S+: it runs, and nobody is at it$/,
    ],
    [
      'a file that nobody will look at',
      () => ask(`UPDATE files SET state = 'pending' WHERE display_path = 'track 4.flac'`),
      /^I6 file track 4\.flac: it waits to be looked at without a job$/,
    ],
    [
      'a draft of nobody',
      async () => {
        await writeFile(path('store/drafts/left.part'), 'half');
        await utimes(path('store/drafts/left.part'), 1, 1);
      },
      /^I7 draft left\.part: nobody writes it any more$/,
    ],
    [
      'half a file where listeners look',
      async () => {
        await writeFile(`${(await rendition()).file}.part`, 'half');
      },
      /^I7 object renditions\/\S+\.mp4\.part: a half-written file lies where listeners look$/,
    ],
    [
      'an event that counts as what it is not',
      () =>
        ask(
          `INSERT INTO plays (user_id, id, track_id, started_at, told_started_at, clock, played_ms, outcome)
           SELECT users.id, gen_random_uuid(), tracks.id, now(), now(), 'right', 1, 'play' FROM users, tracks LIMIT 1`,
        ),
      /^I2 play \S+ of user \S+: it counts as a play, and is a partial$/,
    ],
    [
      'a count that is not true',
      () =>
        ask(
          `INSERT INTO track_counts (track_id, plays, listeners)
           SELECT id, 3, 1 FROM tracks WHERE id NOT IN (SELECT track_id FROM track_counts) LIMIT 1`,
        ),
      /^I8 track \S+: its counts of plays, listeners and skips are not those of its events$/,
    ],
    [
      'an index that is gone',
      () => ask('DROP INDEX tracks_album'),
      /^I9 index tracks_album: the schema lacks it/,
    ],
    [
      'a session that is no session',
      () => ask(`UPDATE sessions SET expires_at = created_at - interval '1 day'`),
      /^I10 session of ann: it is no hash of a token, or ended before it began$/,
    ],
    [
      'a signing key that is none',
      () => writeFile(path('keys/media-signing.key'), 'no key\n'),
      /^I10 signing key: \S+ is not a signing key/,
    ],
  ];

  describe('tells', () => {
    beforeAll(async () => {
      server = await startEmbeddedPostgres(music.dataDir);
      client = new pg.Client({ connectionString: server.url });
      client.on('error', () => undefined);
      await client.connect();
    });

    /** All at once: each must give its own line, and none may hide or double another. */
    it('each in one line, and mends it', async () => {
      for (const [, spoil] of BREAKS) await spoil();
      const seen = await fsck(music.dataDir);
      const expected = BREAKS.map(([, , line]) => line);
      const unexpected = seen.lines.filter((line) => !expected.some((each) => each.test(line)));
      const untold = BREAKS.filter(([, , line]) => seen.lines.filter((each) => line.test(each)).length !== 1);
      expect({ unexpected, untold: untold.map(([what]) => what) }).toEqual({ unexpected: [], untold: [] });
      expect(seen.code).toBe(1);
      const mended = await fsck(music.dataDir, '--repair');
      // One that is mended may mend another: pictures made again have their files looked at.
      expect(mended.lines.filter((line) => !line.endsWith(' [mended]'))).toEqual([]);
      expect(mended.code).toBe(0);
      expect(await fsck(music.dataDir)).toMatchObject({ code: 0, lines: [] });
    });

    it('a signing key that is gone', async () => {
      await rm(path('keys/media-signing.key'));
      expect(await fsck(music.dataDir, '--repair')).toMatchObject({
        code: 0,
        lines: ['I10 signing key: it is not there [mended]'],
      });
    });

    it('what only a person can mend, and says so', async () => {
      const { hash } = await ask(`SELECT password_hash AS hash FROM users`);
      await ask(`UPDATE users SET password_hash = 'plain'`);
      await ask('CREATE TABLE foreign_table (id int)');
      const lines = [
        'I9 column foreign_table.id: no migration makes it',
        'I10 user ann: the stored password is no argon2id hash; set a new one',
      ];
      expect(await fsck(music.dataDir)).toMatchObject({ code: 1, lines });
      const repair = await fsck(music.dataDir, '--repair');
      expect(repair.code).toBe(1);
      expect(repair.lines).toEqual(lines.map((each) => `${each} [not mended: it needs a person]`));
      await ask('DROP TABLE foreign_table');
      await ask('UPDATE users SET password_hash = $1', [hash]);
    });

    it('an emptied music folder once, and marks nothing missing', async () => {
      await rm(music.root, { recursive: true });
      await mkdir(music.root);
      const seen = await fsck(music.dataDir, '--repair');
      expect(seen.code).toBe(1);
      expect(seen.lines).toEqual([expect.stringMatching(/^I4 library \S+: The music folder is empty/)]);
      const { missing } = await ask(`SELECT count(*)::int AS missing FROM files WHERE state = 'missing'`);
      expect(missing).toBe(1);
    });
  });
});
