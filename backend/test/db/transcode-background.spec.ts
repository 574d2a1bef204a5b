import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LADDER } from '../../src/media/ladder.js';
import type { TestEncoders } from '../support/encoders.js';
import { EncodingRoom } from '../support/encoding-room.js';

const going = new AbortController().signal;

describe('the ladder of new music', () => {
  let room: EncodingRoom;
  let encoders: TestEncoders;
  let jobs: JobQueue;

  beforeAll(async () => {
    room = await EncodingRoom.open();
    encoders = room.encoders();
    jobs = new JobQueue(room.database.url);
    await jobs.start();
  });
  afterAll(async () => {
    await encoders.close();
    await jobs.onModuleDestroy();
    await room.close();
  });

  it('waits until no other file waits to be measured, and no listener waits for that', async () => {
    const trackId = await room.newTrack();
    await jobs.enqueue('ingest.analyse', { fileId: 'another' });
    let looks = 0;
    const work = encoders.ladder('smart', () => {
      looks++;
      return jobs.hasWaiting('ingest.analyse');
    });
    const done = work.encodeTrack(trackId, going);
    const states = async (): Promise<unknown> =>
      (await encoders.renditions.findOfTracks([trackId])).map((each) => [
        each.codec,
        each.bitrateKbps,
        each.state,
      ]);
    while (looks < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await states()).toEqual(
      expect.arrayContaining([
        ['aac', 160, 'queued'],
        ['opus', 160, 'queued'],
      ]),
    );

    await encoders.wanted.start();
    const [aac96] = LADDER;
    await encoders.renditions.want(await encoders.sources.get(trackId), aac96);
    const isReady = async (): Promise<boolean> =>
      (await encoders.renditions.find({ trackId, codec: 'aac', bitrateKbps: 96 }))?.state === 'ready';
    while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await states()).toEqual(expect.arrayContaining([['opus', 160, 'queued']]));

    await room.database.db.query(`UPDATE pgboss.job SET state = 'active' WHERE name = 'ingest.analyse'`);
    await done;
    expect(await states()).toEqual(
      expect.arrayContaining([
        ['aac', 160, 'ready'],
        ['opus', 160, 'ready'],
      ]),
    );
  });
});
