import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodersOf } from '../../test/support/decoders.js';
import { ToneFolder } from '../../test/support/tones.js';
import { LAUNCH_PROGRAMS } from './launcher.js';

const SUPPORT = join(import.meta.dirname, '../../test/support');

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('long.wav', { seconds: 20, noise: 0.5 });
});
afterAll(() => tones.remove());

const encoders = async (): Promise<number> => (await decodersOf(tones.path('long.wav'))).length;

async function until(count: number): Promise<number> {
  let seen = await encoders();
  for (let tries = 0; tries < 200 && seen !== count; tries++) {
    await pause(50);
    seen = await encoders();
  }
  return seen;
}

const encode = (rungs: number): ChildProcess =>
  spawn(
    process.execPath,
    [
      ...['--experimental-transform-types', '--import', join(SUPPORT, 'typescript-hooks.mjs')],
      ...[join(SUPPORT, 'encode-without-end.ts'), tones.path('long.wav'), String(rungs)],
    ],
    { stdio: 'ignore' },
  );

const canTie = LAUNCH_PROGRAMS.setpriv !== null;

describe('an encode whose parent is killed', () => {
  (canTie ? it : it.skip).each([1, 7])('ends with it, with %i rungs (needs setpriv)', async (rungs) => {
    const parent = encode(rungs);
    try {
      expect(await until(1)).toBe(1);
      parent.kill('SIGKILL');
      expect(await until(0)).toBe(0);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
