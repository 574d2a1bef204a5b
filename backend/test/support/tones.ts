import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FfmpegTools, findFfmpeg } from '../../src/media/find-ffmpeg.js';

export interface Tone {
  readonly seconds?: number;
  readonly sampleRateHz?: number;
  readonly channels?: number;
  readonly bits?: 16 | 24;
  readonly frequencyHz?: number;
  /** Of full scale; 0 is silence. */
  readonly amplitude?: number;
  /** Adds noise that never repeats, so that a codec has something to do. */
  readonly noise?: number;
}

/** A sine (each channel a fifth above the one before) as the bytes of a WAV file: no program is needed to make it. */
export function toneWav(tone: Tone = {}): Buffer {
  const { seconds = 1, sampleRateHz = 44_100, channels = 2, bits = 16, frequencyHz = 440 } = tone;
  const { amplitude = 0.5, noise = 0 } = tone;
  const frames = Math.round(seconds * sampleRateHz);
  const bytes = bits / 8;
  const data = Buffer.alloc(frames * channels * bytes);
  const random = randomFrom(1);
  for (let frame = 0, at = 0; frame < frames; frame++)
    for (let channel = 0; channel < channels; channel++, at += bytes) {
      const phase = (2 * Math.PI * frequencyHz * 1.5 ** channel * frame) / sampleRateHz;
      const value = amplitude * Math.sin(phase) + noise * (2 * random() - 1);
      data.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    }
  return Buffer.concat([wavHeader(data.length, sampleRateHz, channels, bits), data]);
}

function wavHeader(dataBytes: number, rateHz: number, channels: number, bits: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE((rateHz * channels * bits) / 8, 28);
  header.writeUInt16LE((channels * bits) / 8, 32);
  header.writeUInt16LE(bits, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** The same numbers on every machine and in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const run = promisify(execFile);

/** A folder that is gone after the test, in which files are made by the ffmpeg that the service would use. */
export class ToneFolder {
  private constructor(
    readonly folder: string,
    readonly tools: FfmpegTools,
  ) {}

  static async create(): Promise<ToneFolder> {
    return new ToneFolder(await mkdtemp(join(tmpdir(), 'kanade-tones-')), await findFfmpeg());
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, bytes: Uint8Array): Promise<string> {
    await writeFile(this.path(name), bytes);
    return this.path(name);
  }

  wav(name: string, tone: Tone = {}): Promise<string> {
    return this.write(name, toneWav(tone));
  }

  /** Runs ffmpeg from one file to another in this folder. */
  convert(from: string, to: string, args: readonly string[] = []): Promise<string> {
    return this.run(['-i', this.path(from), ...args, this.path(to)]);
  }

  /** Runs ffmpeg with whole paths; the last argument is what it writes. */
  async run(args: readonly string[]): Promise<string> {
    await run(this.tools.ffmpegPath, ['-v', 'error', '-nostdin', '-y', ...args]);
    return args.at(-1) ?? '';
  }

  /** The interleaved samples that a file decodes to, as ffmpeg's own raw format. */
  async pcm(file: string, format = 's16le', filter = 'anull'): Promise<Buffer> {
    const { stdout } = await run(
      this.tools.ffmpegPath,
      [
        '-v',
        'error',
        '-nostdin',
        '-i',
        this.path(file),
        '-map',
        '0:a:0',
        '-af',
        filter,
        '-f',
        format,
        'pipe:1',
      ],
      { encoding: 'buffer', maxBuffer: 1 << 28 },
    );
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
