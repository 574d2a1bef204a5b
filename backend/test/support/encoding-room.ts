import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import type { FolderStore } from '../../src/storage/folder-store.js';
import { TestEncoders } from './encoders.js';
import { addMeasuredTrack } from './measured-track.js';
import { testDatabase, type TestDatabase } from './postgres.js';
import { ToneFolder, type Tone } from './tones.js';

/** What tests of the encoders begin with: a database, a folder for tones, and ffmpeg. */
export class EncodingRoom {
  #tracks = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly tones: ToneFolder,
    readonly tools: FfmpegTools,
  ) {}

  static async open(): Promise<EncodingRoom> {
    const tools = await findFfmpeg();
    return new EncodingRoom(await testDatabase(), await ToneFolder.create(), tools);
  }

  async close(): Promise<void> {
    await this.tones.remove();
    await this.database.close();
  }

  /** As in a worker process of its own; whoever asks closes them. */
  encoders(storeIn?: (folder: string) => FolderStore, renewEveryMs?: number): TestEncoders {
    return new TestEncoders(this.database.db, this.tools, storeIn, renewEveryMs);
  }

  /** A track of five seconds that nobody has encoded. @returns its id */
  async newTrack(tone: Partial<Tone> = {}): Promise<string> {
    const path = await this.tones.wav(`${++this.#tracks}.wav`, { seconds: 5, noise: 0.1, ...tone });
    return (await addMeasuredTrack(this.database.db, this.tools, path)).trackId;
  }
}
