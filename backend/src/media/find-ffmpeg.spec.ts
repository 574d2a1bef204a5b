import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCapabilities } from './capabilities.js';
import { findFfmpeg } from './find-ffmpeg.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kanade-find-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('finding ffmpeg', () => {
  it('finds one that lacks nothing on this machine or in the packages', async () => {
    const tools = await findFfmpeg();
    expect(tools.missing).toEqual([]);
    expect(tools.version).not.toBe('unknown');
  });

  it('takes the paths it is given before anything else', async () => {
    const { ffmpegPath, ffprobePath } = await findFfmpeg();
    expect(await findFfmpeg({ ffmpegPath, ffprobePath })).toMatchObject({ source: 'configured', ffmpegPath });
  });

  it('says so when the path it is given is not a program, and does not look elsewhere', async () => {
    const file = join(folder, 'ffmpeg');
    await writeFile(file, 'not a program', { mode: 0o755 });
    const { ffprobePath } = await findFfmpeg();
    await expect(findFfmpeg({ ffmpegPath: file, ffprobePath })).rejects.toMatchObject({
      code: 'NO_FFMPEG',
      message: expect.stringContaining(file),
    });
  });

  it('falls back to the package when the machine has a broken one', async () => {
    await writeFile(join(folder, 'ffprobe'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    expect(await findFfmpeg({ searchPath: folder })).toMatchObject({ source: 'package' });
  });
});

describe('what a build can do', () => {
  const listing = {
    version: 'ffmpeg version 6.1 Copyright (c) 2000-2023\nconfiguration: --enable-libsoxr',
    encoders: ' A....D aac  AAC\n A....D libopus  Opus\n A....D flac  FLAC',
    filters: ['ebur128', 'asetpts', 'asettb', 'aresample', 'pan', 'asplit']
      .map((name) => ` ... ${name} A->A`)
      .join('\n'),
    muxers: '  E mp4 MP4',
    mp4Muxer: 'delay_moov default_base_moof skip_trailer',
  };

  it('is read from its own listings', () => {
    expect(readCapabilities(listing)).toEqual({
      version: '6.1',
      missing: [],
      chromaprint: false,
      degraded: null,
    });
  });

  it('names what is missing', () => {
    const poor = { ...listing, encoders: ' A....D aac  AAC', mp4Muxer: '', version: 'ffmpeg version 6.1' };
    expect(readCapabilities(poor).missing).toEqual([
      'encoder libopus',
      'encoder flac',
      'mp4 flag delay_moov',
      'mp4 flag default_base_moof',
      'mp4 flag skip_trailer',
      'resampler soxr',
    ]);
  });

  it.each([
    ['5.1.9-0+deb12u1', 2026, false],
    ['n7.1', 2024, false],
    ['4.4.2', 2021, true],
    ['5.0', 2022, true],
    ['N-47683-g0e8eb07980-static', 2018, true],
    ['N-117000-gabcdef', 2024, false],
  ])('is old or not by its version %s of %i', (version, year, isOld) => {
    const text = `ffmpeg version ${version} Copyright (c) 2000-${year} the FFmpeg developers`;
    expect(readCapabilities({ ...listing, version: text }).degraded !== null).toBe(isOld);
  });
});
