import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { id3v24Tag, pictureFrame, textFrame } from '../../test/support/tag-writers.js';
import { ToneFolder } from '../../test/support/tones.js';
import { type TagReaderOptions, TagReaderPool, type TagReading } from './tag-reader-pool.js';

const HOOKS = join(import.meta.dirname, '../../test/support/typescript-hooks.mjs');
const fromSource = (name: string): TagReaderOptions['child'] => ({
  file: join(import.meta.dirname, name),
  execArgv: ['--experimental-transform-types', '--import', HOOKS],
});

/** Where nothing hangs: a busy machine takes its time to start a reader. */
const PATIENCE_MS = 120_000;

let tones: ToneFolder;
let pool: TagReaderPool | undefined;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('a.wav');
  await tones.convert('a.wav', 'bare.mp3', ['-c:a', 'libmp3lame', '-map_metadata', '-1']);
  const sound = await readFile(tones.path('bare.mp3'));
  for (let index = 0; index < 60; index++) {
    const frames = [textFrame('TIT2', `Title ${index}`), pictureFrame(3, 'image/png', Buffer.from([index]))];
    await tones.write(`${index}.mp3`, Buffer.concat([id3v24Tag(frames), sound]));
  }
  for (const name of ['HANG.mp3', 'DIE.mp3']) await copyFile(tones.path('0.mp3'), tones.path(name));
});
afterEach(() => pool?.close());
afterAll(() => tones.remove());

const title = (reading: TagReading | undefined): unknown =>
  reading === undefined ? null : 'file' in reading ? reading.file.tags.title : reading.error.code;

describe('the pool of tag readers', () => {
  it('reads many files in their order', async () => {
    pool = new TagReaderPool({
      children: 2,
      child: fromSource('tag-reader-child.ts'),
      timeoutMs: PATIENCE_MS,
    });
    const names = Array.from({ length: 60 }, (_, index) => tones.path(`${index}.mp3`));
    const readings = await pool.read(names);
    expect(readings.map(title)).toEqual(names.map((_, index) => `Title ${index}`));
  });

  it('brings pictures as bytes', async () => {
    pool = new TagReaderPool({ child: fromSource('tag-reader-child.ts'), timeoutMs: PATIENCE_MS });
    const [reading] = await pool.read([Buffer.from(tones.path('7.mp3'))], { pictures: true });
    if (reading === undefined || !('file' in reading)) throw new Error('not read');
    expect([...(reading.file.pictures[0]?.data ?? [])]).toEqual([7]);
  });

  it('reports a file that cannot be read, and the rest unharmed', async () => {
    pool = new TagReaderPool({ child: fromSource('tag-reader-child.ts'), timeoutMs: PATIENCE_MS });
    const readings = await pool.read([tones.path('1.mp3'), tones.path('absent.mp3'), tones.path('2.mp3')]);
    expect(readings.map(title)).toEqual(['Title 1', 'UNREADABLE', 'Title 2']);
  });

  it('survives a file that kills its reader and one that hangs it', async () => {
    pool = new TagReaderPool({
      child: fromSource('../../test/support/treacherous-tag-reader.ts'),
      // More than a reader needs to start on a busy machine; it is waited for once.
      timeoutMs: 10_000,
    });
    const names = ['3.mp3', 'DIE.mp3', '4.mp3', 'HANG.mp3', '5.mp3'].map((name) => tones.path(name));
    const readings = await pool.read(names);
    expect(readings.map(title)).toEqual(['Title 3', 'READER_DIED', 'Title 4', 'TIMED_OUT', 'Title 5']);
    expect((await pool.read([tones.path('6.mp3')])).map(title)).toEqual(['Title 6']);
  });

  it('reads nothing once it is closed', async () => {
    pool = new TagReaderPool({ child: fromSource('tag-reader-child.ts'), timeoutMs: PATIENCE_MS });
    pool.close();
    expect((await pool.read([tones.path('1.mp3')])).map(title)).toEqual(['READER_DIED']);
  });
});
