import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { rm } from 'node:fs/promises';
import { ConfigModule } from '../../src/config/config.module.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { JobsModule } from '../../src/jobs/jobs.module.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { StorageModule } from '../../src/storage/storage.module.js';
import { LadderJobs } from '../../src/transcode/ladder-jobs.js';
import { RenditionRepository } from '../../src/transcode/rendition.repository.js';
import { SourceRepository } from '../../src/transcode/source.repository.js';
import { TranscodeWorkerModule } from '../../src/transcode/transcode-worker.module.js';
import { testConfig } from '../support/config.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

@Module({})
class Worker {}

describe('the encoders of a worker process', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let tools: FfmpegTools;
  const config = testConfig();

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
  });
  afterAll(async () => {
    await tones.remove();
    await database.close();
    await rm(config.dataDir, { recursive: true, force: true });
  });

  it('begin with it, encode what is wanted, and end with it', async () => {
    const app = await NestFactory.createApplicationContext(
      {
        module: Worker,
        imports: [
          ConfigModule.forRoot(config),
          DatabaseModule.forRoot(database.url, 4),
          JobsModule.forRoot(database.url),
          StorageModule,
          TranscodeWorkerModule.forRoot(tools),
        ],
      },
      { logger: false, abortOnError: false },
    );
    try {
      const track = await addMeasuredTrack(database.db, tools, await tones.wav('a.wav', { seconds: 5 }));
      const renditions = app.get(RenditionRepository, { strict: false });
      const source = await app.get(SourceRepository, { strict: false }).get(track.trackId);
      await renditions.want(source, LADDER[0]);
      const states = async (): Promise<readonly string[]> =>
        (await renditions.findOfTracks([track.trackId])).map((each) => each.state);
      while (!(await states()).every((state) => state === 'ready'))
        await new Promise((resolve) => setTimeout(resolve, 20));
      await app.get(LadderJobs).encodeTrack(track.trackId, new AbortController().signal);
      expect(await states()).toEqual(['ready', 'ready', 'ready']);
    } finally {
      await app.close();
    }
  });
});
