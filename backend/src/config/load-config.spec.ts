import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, HelpRequested, loadConfig } from './load-config.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kanade-config-'));
  mkdirSync(join(home, 'songs'));
  mkdirSync(join(home, 'more songs'));
  writeFileSync(join(home, 'a file'), 'x');
});
afterAll(() => rmSync(home, { recursive: true }));

const problemsOf = (argv: readonly string[], env: Record<string, string> = {}): readonly string[] => {
  try {
    loadConfig(argv, env, home);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the configuration', () => {
  it('has a default for everything, and the absent default folder is no problem', () => {
    const config = loadConfig([], {}, home);
    expect(config).toMatchObject({
      role: 'all',
      host: '127.0.0.1',
      port: 7700,
      ladder: 'smart',
      segmentCacheBytes: 256 * 2 ** 20,
      dataDir: join(home, 'data'),
      databaseUrl: null,
      renditionQuotaBytes: null,
    });
    expect(config.music).toEqual([{ path: join(home, 'music'), required: false }]);
  });

  it('lets a flag beat its variable, and takes a folder each time --music is given', () => {
    const config = loadConfig(
      ['--music', 'songs', '--music=more songs', '--port', '8000'],
      { KANADE_PORT: '9000', KANADE_MUSIC: '/nowhere', KANADE_LADDER: 'lazy' },
      home,
    );
    expect(config).toMatchObject({ port: 8000, ladder: 'lazy' });
    expect(config.music.map((folder) => folder.path)).toEqual([
      join(home, 'songs'),
      join(home, 'more songs'),
    ]);
  });

  it.each([
    ['4096', 4096],
    ['500M', 500e6],
    ['1.5 TB', 1.5e12],
    ['200GiB', 200 * 2 ** 30],
    ['10k', 10_000],
  ])('reads the quota %s', (text, bytes) => {
    expect(loadConfig(['--rendition-quota', text], {}, home).renditionQuotaBytes).toBe(bytes);
  });

  it.each(['0', '-1G', '1X', 'G', '1.5.2G', '0.0001'])('refuses the quota %s', (text) => {
    expect(problemsOf([], { KANADE_RENDITION_QUOTA: text })).toEqual([
      expect.stringContaining('it must be a size'),
    ]);
  });

  it('tells every problem at once', () => {
    const problems = problemsOf(
      ['--music', 'none', '--port', 'many', '--colour', 'red', 'extra', '--tls-cert', 'a file'],
      {
        KANADE_LADDER: 'tall',
        KANADE_RENDITION_QUOTA: 'much',
        KANADE_PUBLIC_URL: 'music',
        KANADE_TRUSTED_PROXIES: '10.0.0.0/99, proxy',
        KANADE_ADMIN_USER: 'ann',
        DATABASE_URL: 'mysql://secret@host/db',
        FFMPEG_PATH: '/no/ffmpeg',
      },
    );
    const text = problems.join('\n');
    for (const part of [
      '--port is “many”',
      'unknown option --colour',
      'unexpected argument “extra”',
      '--tls-cert and --tls-key go together',
      '--ladder is “tall”',
      '--rendition-quota is “much”',
      'KANADE_PUBLIC_URL',
      '10.0.0.0/99',
      'proxy',
      '--admin-user and KANADE_ADMIN_PASSWORD',
      'DATABASE_URL must look like',
      'FFMPEG_PATH',
      'none does not exist',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('secret');
  });

  it('refuses a file as folder, a data folder inside the music, and a folder named twice', () => {
    expect(problemsOf(['--music', 'a file'])).toEqual([expect.stringContaining('is a file, not a folder')]);
    expect(problemsOf(['--music', 'songs', '--data', 'songs/data'])).toEqual([
      expect.stringContaining('never written to'),
    ]);
    expect(problemsOf(['--music', 'songs', '--music', 'songs'])).toEqual([
      expect.stringContaining('named twice'),
    ]);
    expect(problemsOf(['--data', 'a file/data'])).toEqual([expect.stringContaining('is a file')]);
  });

  it('follows links before it says that the data lies outside the music', () => {
    symlinkSync(join(home, 'songs'), join(home, 'a link'));
    expect(problemsOf(['--music', 'songs', '--data', 'a link/data'])).toEqual([
      expect.stringContaining('never written to'),
    ]);
    expect(problemsOf(['--music', '/', '--data', 'data'])).toEqual([
      expect.stringContaining('never written to'),
    ]);
    expect(problemsOf(['--music', 'songs', '--music', 'a link'])).toEqual([
      expect.stringContaining('named twice'),
    ]);
  });

  it('refuses a music folder inside another', () => {
    mkdirSync(join(home, 'songs', 'live'), { recursive: true });
    expect(problemsOf(['--music', 'songs/live', '--music', 'songs'])).toEqual([
      expect.stringContaining('lies inside the music folder'),
    ]);
  });

  it('refuses an option without a value, one given twice, and a worker without a database', () => {
    expect(problemsOf(['--port'])).toEqual(['--port needs a value (N)']);
    expect(problemsOf(['--port', '1', '--port', '2'])).toEqual(['--port is given twice']);
    expect(problemsOf(['--role', 'worker'])).toEqual([expect.stringContaining('needs DATABASE_URL')]);
  });

  it('shows every flag when help is asked for', () => {
    expect(() => loadConfig(['--help', '--nonsense'], {}, home)).toThrow(HelpRequested);
    expect(() => loadConfig(['-h'], {}, home)).toThrow('--tls-cert FILE');
  });
});
