import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { signingKey } from '../../src/streaming/signing.js';
import { sampleRun } from '../../src/transcode/fragment-runs.js';
import { lastSampleDuration } from '../../src/transcode/last-fragment.js';
import { predictedTimeline } from '../../src/transcode/timeline.js';
import { HoldingStore, TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack, addPendingTrack, storeFacts } from '../support/measured-track.js';
import { TestMediaServer } from '../support/media-server.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

const run = promisify(execFile);
const HOLDER = 'a-listener';

describe('a track that nobody encoded', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let media: TestMediaServer;
  let tools: FfmpegTools;

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
    media = await TestMediaServer.start(database, encoders, signingKey(Buffer.alloc(32, 1)));
    await encoders.wanted.start();
  });
  afterAll(async () => {
    await media.close();
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  const newTrack = async (name: string, seconds = 9.3): Promise<string> => {
    const path = await tones.wav(name, { seconds, noise: 0.1 });
    return (await addMeasuredTrack(database.db, tools, path)).trackId;
  };
  const queryOf = (url: string): string => url.slice(url.indexOf('?'));

  it.each(['opus', 'aac', 'flac'] as const)(
    'is served in %s while it is being encoded, and the same bytes when it is ready',
    async (codec) => {
      const trackId = await newTrack(`first-${codec}.wav`);
      const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
      const kbps = codec === 'flac' ? 0 : 160;
      const base = `${await encoders.segmentsOf(trackId)}${codec}-${kbps}`;
      const timeline = predictedTimeline(codec, await encoders.sources.get(trackId));
      const names = ['init.mp4', ...timeline.mediaSamples.map((_, index) => `${index}.m4s`)];

      const growing = await Promise.all(names.map((name) => media.bytes(`${base}/${name}${query}`)));
      const ready = await whenReady(trackId, codec, kbps);
      expect(ready.segmentSamples).toEqual(timeline.mediaSamples);
      const file = await readFile(encoders.store.localPath(ready.storageKey ?? ''));
      expect(Buffer.concat(growing).equals(file)).toBe(true);
      const again = await Promise.all(names.map((name) => media.bytes(`${base}/${name}${query}`)));
      expect(Buffer.concat(again).equals(file)).toBe(true);
      expect((await media.get(`${base}/${timeline.mediaSamples.length}.m4s${query}`)).status).toBe(404);
    },
  );

  const whenReady = async (trackId: string, codec: 'opus' | 'aac' | 'flac', bitrateKbps: number) => {
    for (;;) {
      const row = await encoders.renditions.find({ trackId, codec, bitrateKbps });
      if (row?.state === 'ready') return row;
      if (row?.state === 'failed') throw new Error(row.error ?? 'failed');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('is heard before its encoder has come to the end', async () => {
    const held: { store?: HoldingStore } = {};
    const slow = new TestEncoders(database.db, tools, (folder) => (held.store = new HoldingStore(folder, 2)));
    const trackId = await newTrack('heard.wav');
    const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
    const base = `${await encoders.segmentsOf(trackId)}opus-160`;
    await encoders.wanted.stop();
    await slow.wanted.start();
    const [init, first] = await Promise.all(
      ['init.mp4', '0.m4s'].map((name) => media.bytes(`${base}/${name}${query}`)),
    );
    const late = media.bytes(`${base}/1.m4s${query}`);
    expect((await encoders.renditions.findOfTracks([trackId])).map((each) => each.state)).toEqual([
      'encoding',
    ]);
    held.store?.release();
    const ready = await whenReady(trackId, 'opus', 160);
    const file = await readFile(slow.store.localPath(ready.storageKey ?? ''));
    const heard = Buffer.concat([init ?? Buffer.alloc(0), first ?? Buffer.alloc(0), await late]);
    expect(heard.equals(file.subarray(0, heard.length))).toBe(true);
    await slow.close();
    await encoders.wanted.start();
  });

  it('sends its last segment in two forms, cut for manifests and whole for a queue', async () => {
    const trackId = await newTrack('two-forms.wav', 5.3);
    const grant = await media.grants.queue([trackId], 'aac', HOLDER, null);
    const [item] = grant.items;
    const rung = item?.rungs.find((each) => each.bitrateKbps === 96);
    const last = predictedTimeline('aac', await encoders.sources.get(trackId)).mediaSamples.length - 1;
    const template = rung?.segments ?? '';
    const full = await media.bytes(template.replace('$Number$', String(last)));
    const cut = await media.bytes(template.replace('full/$Number$', String(last)));
    expect(lastSampleDuration(full)).toBe(1024);
    expect(lastSampleDuration(cut)).toBe(((item?.samples ?? 0) + 1024) % 1024);
    const first = await media.bytes(template.replace('$Number$', '0'));
    expect(first.equals(await media.bytes(template.replace('full/$Number$', '0')))).toBe(true);
  });

  it('begins in a queue with a packet that resets an Opus decoder, and only there', async () => {
    const [item] = (await media.grants.queue([await newTrack('reset.wav', 5.3)], 'opus', HOLDER, null)).items;
    const template = item?.rungs[0]?.segments ?? '';
    const [stored = Buffer.alloc(0), queued = Buffer.alloc(0), ...next] = await Promise.all(
      ['0', 'full/0', '1', 'full/1'].map((name) => media.bytes(template.replace('full/$Number$', name))),
    );
    const samples = (bytes: Buffer): number => sampleRun(bytes, 0).totalSamples;
    expect(samples(queued) - samples(stored)).toBe(item?.leadSamples);
    expect(samples(stored)).toBe(item?.samplesPerSegment);
    expect(next.map(samples)).toEqual([62_712, 63_360]);
  });

  it('is read to its end by ffmpeg from the DASH and the HLS manifests', async () => {
    const trackId = await newTrack('to-the-end.wav', 9.3);
    const grant = await media.grants.track(trackId, HOLDER, null);
    const samples = (await encoders.sources.get(trackId)).sampleCount;
    const decoded = async (url: string, stream: string): Promise<number> => {
      const args = [
        '-v',
        'error',
        '-nostdin',
        '-i',
        media.origin + url,
        '-map',
        stream,
        '-f',
        's16le',
        'pipe:1',
      ];
      const { stdout } = await run(tools.ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1 << 28 });
      return stdout.length / 4;
    };
    // ffmpeg leaves edit lists of fragmented files aside, so the lossy ones come with their priming and padding.
    expect(await decoded(grant.hls.flac, '0:a:0')).toBe(samples);
    for (const url of [grant.hls.aac, grant.hls.opus, grant.dash]) {
      const count = await decoded(url, '0:a:0');
      expect(count).toBeGreaterThanOrEqual(samples);
      expect(count).toBeLessThan(samples * 1.1 + 4096);
    }
  });

  it('brings the other rungs of its codec along once it really plays', async () => {
    const trackId = await newTrack('follow.wav', 9.3);
    const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
    const base = `${await encoders.segmentsOf(trackId)}opus-96`;
    await media.bytes(`${base}/0.m4s${query}`);
    await media.bytes(`${base}/1.m4s${query}`);
    const queued = async (): Promise<boolean> =>
      (await encoders.renditions.findOfTracks([trackId])).filter((each) => each.codec === 'opus').length ===
      3;
    while (!(await queued())) await new Promise((resolve) => setTimeout(resolve, 20));
    await encoders.ladder('lazy').encodeTrack(trackId, new AbortController().signal);
    await whenReady(trackId, 'opus', 320);
    const states = (await encoders.renditions.findOfTracks([trackId])).map((each) => [
      each.codec,
      each.bitrateKbps,
    ]);
    expect(states.sort()).toEqual([
      ['opus', 160],
      ['opus', 320],
      ['opus', 96],
    ]);
  });

  it('is encoded ahead when it comes next in a queue, in the codec of the queue', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 8; index++) ids.push(await newTrack(`next-${index}.wav`, 1));
    const [first = '', second = '', third = ''] = ids;
    await encoders.renditions.queue(await encoders.sources.get(third), LADDER);
    await database.db.query(`UPDATE renditions SET state = 'failed' WHERE track_id = $1`, [third]);
    await media.grants.queue([first, second, first, second, ...ids], 'aac', HOLDER, null);
    const queued = (): Promise<unknown[]> =>
      database.db.query(
        `SELECT data->>'trackId' AS id, priority FROM pgboss.job
          WHERE name = 'transcode.track' AND data->>'trackId' = ANY($1::text[])
          ORDER BY array_position($1::text[], data->>'trackId')`,
        [ids],
      );
    const [, , , ...rest] = ids;
    const expected = [second, ...rest.slice(0, 3)].map((id) => ({ id, priority: 50 }));
    while ((await queued()).length < expected.length) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await queued()).toEqual(expected);
    expect(await encoders.renditions.findOfTracks([second])).toMatchObject([
      { codec: 'aac', bitrateKbps: 160, state: 'queued' },
    ]);
    expect(await encoders.renditions.findOfTracks([first])).toEqual([]);
  });

  it('whose file cannot be decoded says so after three attempts', async () => {
    const trackId = await newTrack('gone.wav', 5);
    const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
    await rm(tones.path('gone.wav'));
    const response = await media.get(`${await encoders.segmentsOf(trackId)}opus-96/0.m4s${query}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).not.toBeNull();
    expect(await response.json()).toMatchObject({ code: 'ENCODER_FAILED' });
    const row = await database.db.first(
      `SELECT state, attempts, wanted_at, draft_path, error IS NOT NULL AS told FROM renditions WHERE track_id = $1`,
      [trackId],
    );
    expect(row).toEqual({ state: 'failed', attempts: 3, wanted_at: null, draft_path: null, told: true });
  });

  it('that nobody has measured is measured first, then granted', async () => {
    const path = await tones.wav('pending.wav', { seconds: 1 });
    const track = await addPendingTrack(database.db, path);
    const grant = media.grants.track(track.trackId, HOLDER, null);
    await storeFacts(database.db, track, tools, path);
    expect(await grant).toMatchObject({ durationMs: 1000 });
    const jobs = await database.db.query(
      `SELECT data->>'fileId' AS "fileId", priority FROM pgboss.job WHERE name = 'ingest.analyse'`,
    );
    expect(jobs).toEqual([{ fileId: track.fileId, priority: 100 }]);
  });

  it('is not waited for by a listener who has gone', async () => {
    const trackId = await newTrack('impatient.wav', 5);
    const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
    await encoders.wanted.stop();
    const leaving = new AbortController();
    const request = media.get(`${await encoders.segmentsOf(trackId)}aac-96/0.m4s${query}`, {
      signal: leaving.signal,
    });
    while ((await encoders.renditions.find({ trackId, codec: 'aac', bitrateKbps: 96 })) === undefined)
      await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort();
    await expect(request).rejects.toThrow();
    while ((await encoders.renditions.find({ trackId, codec: 'aac', bitrateKbps: 96 }))?.wantedAt !== null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await encoders.leases.claimWanted()).toEqual([]);
    await encoders.wanted.start();
  });

  it('is still waited for when another listener has gone', async () => {
    const trackId = await newTrack('two-listeners.wav', 5);
    const queries = [HOLDER, 'another'].map(async (holder) =>
      queryOf((await media.grants.track(trackId, holder, null)).dash),
    );
    await encoders.wanted.stop();
    const leaving = new AbortController();
    const base = `${await encoders.segmentsOf(trackId)}aac-96`;
    const [mine, theirs] = await Promise.all(queries);
    const gone = media.get(`${base}/0.m4s${mine}`, { signal: leaving.signal });
    const stays = media.get(`${base}/0.m4s${theirs}`);
    const row = () => encoders.renditions.find({ trackId, codec: 'aac', bitrateKbps: 96 });
    while ((await row()) === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    leaving.abort();
    await expect(gone).rejects.toThrow();
    // As if the one who left had been known to another process, which does not know of this one.
    await encoders.renditions.unwant((await row())?.id ?? '', Number.MAX_SAFE_INTEGER);
    while ((await row())?.wantedAt == null) await new Promise((resolve) => setTimeout(resolve, 20));
    await encoders.wanted.start();
    expect((await stays).status).toBe(200);
  });

  it('is refused to a listener who keeps three encoders busy, and to nobody else', async () => {
    await encoders.wanted.stop();
    const trackId = await newTrack('greedy.wav', 5);
    const query = queryOf((await media.grants.track(trackId, HOLDER, null)).dash);
    const base = await encoders.segmentsOf(trackId);
    const leaving = new AbortController();
    const rungs = ['aac-96', 'aac-160', 'aac-320'];
    const waiting = rungs.map((rung) =>
      media.get(`${base}${rung}/0.m4s${query}`, { signal: leaving.signal }),
    );
    while ((await encoders.renditions.findOfTracks([trackId])).length < 3)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const refused = await media.get(`${base}opus-96/0.m4s${query}`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(await encoders.renditions.findOfTracks([trackId])).toHaveLength(3);
    const other = queryOf((await media.grants.track(trackId, 'another', null)).dash);
    const served = media.get(`${base}opus-96/0.m4s${other}`);
    leaving.abort();
    await Promise.all(waiting.map((each) => expect(each).rejects.toThrow()));
    await encoders.wanted.start();
    expect((await served).status).toBe(200);
  });
});
