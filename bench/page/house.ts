import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFfmpeg } from '../../backend/dist/media/find-ffmpeg.js';
import { startServer } from '../../backend/test/support/server.ts';

/** The real server on music of its own, and somebody who is signed in. */
export interface House {
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  close(): Promise<void>;
}

const LISTENER = { username: 'bench', password: 'correct horse' };
const COLOURS = ['teal', 'indigo', 'salmon', 'olive', 'orchid', 'sienna', 'steelblue', 'gold'];

/** Albums of a chord under noise, each with a cover; shorter than `seconds` is none of their tracks. */
const writeMusic = async (
  root: string,
  { albums, tracks, seconds }: { readonly albums: number; readonly tracks: number; readonly seconds: number },
): Promise<void> => {
  const { ffmpegPath } = await findFfmpeg();
  const run = (...args: readonly string[]) =>
    execFileSync(ffmpegPath, ['-v', 'error', '-nostdin', '-y', ...args]);
  for (let album = 0; album < albums; album++) {
    const folder = join(root, `Artist ${album % 7}`, `Album ${album}`);
    mkdirSync(folder, { recursive: true });
    const colour = COLOURS[album % COLOURS.length];
    run('-f', 'lavfi', '-i', `color=${colour}:s=600x600`, '-frames:v', '1', join(folder, 'cover.jpg'));
    for (let track = 1; track <= tracks; track++) {
      const hz = 180 + 20 * ((album * tracks + track) % 40);
      run(
        ...['-f', 'lavfi', '-i', `aevalsrc=0.2*sin(2*PI*${hz}*t)+0.05*(random(0)-0.5):s=44100:d=${seconds}`],
        ...['-ac', '2', '-sample_fmt', 's16', '-metadata', `title=Title ${album} ${track}`],
        ...['-metadata', `artist=Artist ${album % 7}`, '-metadata', `album=Album ${album}`],
        ...['-metadata', `track=${track}`, join(folder, `${track}.flac`)],
      );
    }
  }
};

/** @throws Error when the server refuses what is asked of it */
export const openHouse = async (music: Parameters<typeof writeMusic>[1]): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'kanade-bench-page-'));
  // Started as root, Postgres runs as another user, who must get to his folder.
  chmodSync(folder, 0o755);
  const root = join(folder, 'music');
  await writeMusic(root, music);
  const server = await startServer({ music: [root], data: join(folder, 'data') });
  let session = '';
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { cookie: session, origin: server.url, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} for ${path}: ${await answer.text()}`);
    session = answer.headers.getSetCookie()[0]?.split(';')[0] ?? session;
    const text = await answer.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  const house: House = {
    url: server.url,
    get cookie() {
      const [name = '', value = ''] = session.split('=', 2);
      return { name, value };
    },
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    close: async () => {
      // The server's own handles do not keep this process here until it has ended.
      const waiting = setInterval(() => undefined, 1000);
      await server.stop();
      clearInterval(waiting);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await house.post('/api/setup', LISTENER);
  await house.post('/api/session', LISTENER);
  const isDone = async (): Promise<boolean> => {
    const { scanning, files, work } = await house.get<{
      readonly scanning: boolean;
      readonly files: { readonly ready: number; readonly pending: number };
      readonly work: { readonly analysing: number };
    }>('/api/library/status');
    return !scanning && files.ready === music.albums * music.tracks && work.analysing === 0;
  };
  while (!(await isDone())) await pause(500);
  return house;
};
