import { createHash } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ToneFolder } from '../../test/support/tones.js';
import { encodeRungs } from './encode.js';
import { findFfmpeg } from './find-ffmpeg.js';
import { LADDER, type Rung } from './ladder.js';

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('cd.wav', { seconds: 1.3, noise: 0.1 });
  await tones.wav('mono.wav', { channels: 1, noise: 0.1 });
  await tones.wav('deep.wav', { bits: 24, sampleRateHz: 96_000, noise: 0.1 });
  await tones.wav('surround.wav', { channels: 6, amplitude: 0.99 });
});
afterAll(() => tones.remove());

const CD = { sampleRateHz: 44_100, channels: 2, bitDepth: 16 };

async function encode(name: string, source: typeof CD, rungs: readonly Rung[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await encodeRungs(tools(), { ...source, path: tones.path(name) }, rungs, {
    onChunk: (rung, chunk) => {
      files.set(rung.name, Buffer.concat([files.get(rung.name) ?? Buffer.alloc(0), chunk]));
    },
  });
  return files;
}
const tools = (): ToneFolder['tools'] => tones.tools;
const digest = (bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
const flac = LADDER[6];

describe('encoding', () => {
  it('gives a rung the same bytes alone and among seven', async () => {
    const all = await encode('cd.wav', CD, LADDER);
    expect([...all.keys()].sort()).toEqual(LADDER.map((rung) => rung.name).sort());
    for (const rung of LADDER) {
      const alone = await encode('cd.wav', CD, [rung]);
      expect(digest(alone.get(rung.name))).toBe(digest(all.get(rung.name)));
    }
  });

  it.each([
    ['cd.wav', CD, 's16le'],
    ['deep.wav', { sampleRateHz: 96_000, channels: 2, bitDepth: 24 }, 's24le'],
  ] as const)('keeps every sample of %s in FLAC', async (name, source, format) => {
    const files = await encode(name, source, [flac]);
    await tones.write('out.mp4', files.get('flac-0') ?? Buffer.alloc(0));
    expect(digest(await tones.pcm('out.mp4', format))).toBe(digest(await tones.pcm(name, format)));
  });

  it('doubles a mono source without touching a sample', async () => {
    const files = await encode('mono.wav', { ...CD, channels: 1 }, [flac]);
    await tones.write('doubled.mp4', files.get('flac-0') ?? Buffer.alloc(0));
    const mono = new Int16Array(new Uint8Array(await tones.pcm('mono.wav')).buffer);
    const twice = Int16Array.from({ length: 2 * mono.length }, (_, index) => mono[index >> 1] ?? 0);
    expect((await tones.pcm('doubled.mp4')).equals(Buffer.from(twice.buffer))).toBe(true);
  });

  it('mixes surround down without clipping', async () => {
    const files = await encode('surround.wav', { ...CD, channels: 6 }, [flac]);
    await tones.write('mixed.mp4', files.get('flac-0') ?? Buffer.alloc(0));
    const pcm = await tones.pcm('mixed.mp4');
    const loudest = Math.max(...new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2).map(Math.abs));
    expect(loudest).toBeGreaterThan(8_000);
    expect(loudest).toBeLessThan(32_767 * 0.9);
  });

  it('reaches a file whose name is not text', async () => {
    const name = Buffer.concat([
      Buffer.from(`${tones.folder}/`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('.wav'),
    ]);
    await tones.wav('plain.wav', CD);
    await copyFile(tones.path('plain.wav'), name);
    let bytes = 0;
    await encodeRungs(tools(), { ...CD, path: name }, [flac], {
      onChunk: (_, chunk) => void (bytes += chunk.length),
    });
    expect(bytes).toBeGreaterThan(1000);
  });

  it('stops when it is told to, and says so', async () => {
    const stop = new AbortController();
    const work = encodeRungs(tools(), { ...CD, path: tones.path('cd.wav') }, LADDER, {
      signal: stop.signal,
      onChunk: () => stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    const alone = new AbortController();
    const single = encodeRungs(tools(), { ...CD, path: tones.path('cd.wav') }, [flac], {
      signal: alone.signal,
      onChunk: () => alone.abort(),
    });
    await expect(single).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('passes on what the taker of the bytes threw', async () => {
    const full = new Error('the disk is full');
    const work = encodeRungs(tools(), { ...CD, path: tones.path('cd.wav') }, [flac], {
      onChunk: () => Promise.reject(full),
    });
    await expect(work).rejects.toBe(full);
  });

  it('says what ffmpeg said when it fails', async () => {
    await tones.write('text.mp3', Buffer.from('not music at all\n'.repeat(100)));
    const work = encodeRungs(tools(), { ...CD, path: tones.path('text.mp3') }, [flac], {
      onChunk: () => undefined,
    });
    await expect(work).rejects.toMatchObject({
      code: 'FFMPEG_FAILED',
      cause: expect.objectContaining({ message: expect.stringMatching(/Invalid/) }),
    });
  });

  it('works with the fallback of the npm package', async () => {
    const fallback = await findFfmpeg({ searchPath: '' });
    expect(fallback).toMatchObject({ source: 'package', missing: [] });
    expect(fallback.degraded).toMatch(/older than 5\.1/);
    const files = new Map<string, number>();
    await encodeRungs(fallback, { ...CD, path: tones.path('cd.wav') }, LADDER, {
      onChunk: (rung, chunk) => void files.set(rung.name, (files.get(rung.name) ?? 0) + chunk.length),
    });
    expect(files.size).toBe(7);
  });
});
