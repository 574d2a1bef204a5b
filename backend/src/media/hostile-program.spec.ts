import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NetCanary, secretHolder } from '../../test/support/canaries.js';
import type { Prying } from '../../test/support/prying-child.js';
import { ToneFolder } from '../../test/support/tones.js';
import { measure } from './facts.js';
import { runFfmpeg } from './ffmpeg.js';
import { findFfmpeg, type FfmpegTools } from './find-ffmpeg.js';
import { KillableChild } from './killable-child.js';
import { fieldOf } from './media-error.js';
import { findHelperWalls } from './walls.js';

const { walls } = await findFfmpeg();
const helperWalls = await findHelperWalls();
/** Where the system gives no namespaces there is less to keep: the tests below say so by being skipped. */
const inRoom = walls === 'room' ? it : it.skip;
const netless = helperWalls === 'limits' ? it.skip : it;

const secret = randomUUID();
const holder = secretHolder(secret);
let tones: ToneFolder;
let canary: NetCanary;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('song.wav');
  await tones.write('secret', Buffer.from(secret));
  canary = await NetCanary.listen();
});
afterAll(async () => {
  holder.kill('SIGKILL');
  canary.close();
  await tones.remove();
});

/** A decoder that a file has taken over: as soon as it is given an input it does as the script says. */
async function takenOver(script: string): Promise<FfmpegTools> {
  const text = [
    '#!/bin/bash',
    'for word in "$@"; do [ "$word" = -i ] && hostile=1; done',
    `if [ -z "$hostile" ]; then [ "$*" = -version ] && echo "ffmpeg version 9" || exec ${tones.tools.ffmpegPath} "$@"; exit; fi`,
    script,
  ];
  const ffmpegPath = await tones.write(`ffmpeg-${randomUUID()}`, Buffer.from(`${text.join('\n')}\n`));
  await chmod(ffmpegPath, 0o755);
  return { ...tones.tools, ffmpegPath };
}

async function saidBy(tools: FfmpegTools, timeoutMs = 20_000): Promise<string> {
  const pieces: Buffer[] = [];
  await runFfmpeg(tools, {
    input: tones.path('song.wav'),
    outputs: [{ args: ['-f', 's16le'], sink: (chunk) => void pieces.push(chunk) }],
    verbosity: 'error',
    timeoutMs,
  });
  return Buffer.concat(pieces).toString();
}

const run = promisify(execFile);
const freely = async (script: string): Promise<string> => {
  const { ffmpegPath } = await takenOver(script);
  return (await run(ffmpegPath, ['-i', `file:${tones.path('song.wav')}`])).stdout;
};

describe('a decoder that a file has taken over', () => {
  inRoom('is put into a room although it was named by the administrator', async () => {
    const { ffmpegPath } = await takenOver('exit 1');
    const found = await findFfmpeg({ ffmpegPath, ffprobePath: tones.tools.ffprobePath });
    expect(found).toMatchObject({ source: 'configured', walls: 'room' });
  });

  inRoom(
    "finds no secret: not in its environment, not in that of others, not in the service's files",
    async () => {
      const spy = `env; cat /proc/[0-9]*/environ ${tones.path('secret')} 2>/dev/null; ls -d /proc/[0-9]*; ls ${tones.folder}; true`;
      expect(await freely(spy)).toContain(secret);
      const said = await saidBy(await takenOver(spy));
      expect(said).not.toContain(secret);
      expect(said).not.toContain('song.wav');
      expect(said).not.toMatch(/\/proc\/\d/);
      expect(said).toContain('LC_ALL=C');
    },
  );

  inRoom('sees its own input', async () => {
    const copy = await takenOver(
      'for last in "$@"; do case $last in file:*) cat "${last#file:}";; esac; done',
    );
    expect((await saidBy(copy)).slice(0, 4)).toBe('RIFF');
  });

  inRoom('reaches nobody on the network', async () => {
    const call = `exec 3<>/dev/tcp/127.0.0.1/${canary.port} && echo reached; true`;
    expect(await freely(call)).toContain('reached');
    const before = canary.connections;
    expect(await saidBy(await takenOver(call))).not.toContain('reached');
    expect(canary.connections).toBe(before);
  });

  inRoom('writes nothing: neither a file of its own, nor over its input, nor over the service', async () => {
    const song = await readFile(tones.path('song.wav'));
    const script = [
      `for place in ${tones.folder} /tmp / /usr /dev/shm; do mkdir -p $place; echo x >$place/left-${secret}; done`,
      `for word in "$@"; do case $word in file:*) : >"\${word#file:}"; rm -f "\${word#file:}";; esac; done`,
      `: >${tones.path('secret')}; rm -f "$0"; : >"$0"; true`,
    ];
    const program = await takenOver(script.join('\n'));
    const before = await readdir(tones.folder);
    await saidBy(program);
    expect(await readdir(tones.folder)).toEqual(before);
    expect((await readFile(tones.path('song.wav'))).equals(song)).toBe(true);
    expect(await readFile(program.ffmpegPath, 'utf8')).toContain('left-');
    for (const place of ['/tmp', '/', '/usr'])
      expect((await readdir(place)).filter((name) => name.includes(secret))).toEqual([]);
  });

  inRoom('that starts programs loses them all when its time is over', async () => {
    const mark = `7${Math.floor(Math.random() * 1e8)}`;
    const bomb = await takenOver(`for i in {1..40}; do setsid sleep ${mark} & done; wait`);
    const rejected = measure(bomb, tones.path('song.wav'), { timeoutMs: 1500 });
    await expect(rejected).rejects.toMatchObject({
      code: 'TIMED_OUT',
      message: expect.stringMatching(/took longer/),
    });
    for (let tries = 0; tries < 100 && (await countOf(mark)) > 0; tries++) await pause(50);
    expect(await countOf(mark)).toBe(0);
  });

  it('that fills four gigabytes is refused them, and its file rejected with a reason', async () => {
    if (walls === 'limits') return;
    const glutton = await takenOver('dd bs=4G count=1 if="$0" || exit 1');
    const rejected = await measure(glutton, tones.path('song.wav')).catch((error: unknown) => error);
    expect(rejected).toMatchObject({
      code: 'UNDECODABLE',
      message: expect.stringMatching(/cannot be decoded/),
    });
    const cause = fieldOf(fieldOf(rejected, 'cause'), 'cause');
    expect(String(cause)).toMatch(/memory exhausted|[Cc]annot allocate/);
  });

  it('that loops for ever ends with its time, and its file is rejected with a reason', async () => {
    const loop = await takenOver('while :; do :; done');
    await expect(measure(loop, tones.path('song.wav'), { timeoutMs: 1000 })).rejects.toMatchObject({
      code: 'TIMED_OUT',
    });
  });
});

async function countOf(mark: string): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.startsWith(`sleep\0${mark}`)).length;
}

describe('a tag reader or image decoder that a file has taken over', () => {
  const HOOKS = join(import.meta.dirname, '../../test/support/typescript-hooks.mjs');
  const child = (nativeCode: boolean): KillableChild<Prying, unknown> =>
    new KillableChild(
      {
        file: join(import.meta.dirname, '../../test/support/prying-child.ts'),
        execArgv: ['--experimental-transform-types', '--import', HOOKS],
      },
      { heapMb: 96, residentMb: 224, timeoutMs: 20_000, nativeCode },
      { died: 'died', timedOut: 'timed out', tooLarge: 'too large' },
    );
  const wish = (bloat: boolean): Prying => ({
    port: canary.port,
    secretPid: holder.pid ?? 0,
    writeTo: join(tones.folder, 'left-behind'),
    secretFile: tones.path('secret'),
    bloat,
  });

  netless.each([false, true])(
    'finds no secret, network, file or program (native code: %s)',
    async (nativeCode) => {
      const pried = child(nativeCode);
      const before = canary.connections;
      try {
        const got = await pried.ask(wish(false));
        expect(got).toMatchObject({
          environmentOfOthers: expect.stringMatching(/^refused/),
          // Without a room it can read what the service can.
          file: helperWalls === 'room' ? expect.stringMatching(/^refused/) : secret,
          network: expect.stringMatching(/^refused/),
          writing: expect.stringMatching(/^refused/),
          program: expect.stringMatching(/^refused/),
        });
        expect(canary.connections).toBe(before);
        expect(JSON.parse(String(fieldOf(got, 'environment')))).not.toContain('PATH');
      } finally {
        pried.close();
      }
    },
  );

  (process.platform === 'linux' ? it : it.skip)(
    'is ended when it fills more memory than it may',
    async () => {
      const bloated = child(false);
      await expect(bloated.ask(wish(true))).rejects.toMatchObject({
        code: 'TOO_LARGE',
        message: 'too large',
      });
      bloated.close();
    },
  );
});
