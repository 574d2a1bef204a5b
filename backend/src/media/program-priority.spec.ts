import { readdir } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../test/support/client.js';
import { decodersOf } from '../../test/support/decoders.js';
import { ToneFolder } from '../../test/support/tones.js';
import { encodeRungs } from './encode.js';
import { LADDER } from './ladder.js';
import { LAUNCH_PROGRAMS } from './launcher.js';
import { ProgramPriority } from './program-priority.js';

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('long.wav', { seconds: 20, noise: 0.5 });
});
afterAll(() => tones.remove());

/** The niceness of each thread of the ffmpegs that read our file. */
const nicenesses = async (): Promise<readonly number[]> => {
  const pids = await decodersOf(tones.path('long.wav'));
  const threads = await Promise.all(pids.map((pid) => readdir(`/proc/${pid}/task`)));
  return threads.flat().map((id) => getPriority(Number(id)));
};

/** Only an administrator may take back what was given away. */
const mayRaise = (): boolean => {
  try {
    setPriority(getPriority() - 1);
    setPriority(getPriority() + 1);
    return true;
  } catch {
    return false;
  }
};

const canLook = process.platform === 'linux' && LAUNCH_PROGRAMS.nice !== null;

describe('an encode that nobody waits for', () => {
  (canLook ? it : it.skip).each([1, 2])(
    'runs behind everything else, until a listener comes (%i rungs, Linux)',
    async (rungs) => {
      const priority = new ProgramPriority('idle');
      const frozen = Promise.withResolvers<void>();
      const stop = new AbortController();
      const source = { path: tones.path('long.wav'), sampleRateHz: 44_100, channels: 2, bitDepth: 16 };
      const encode = encodeRungs(tones.tools, source, LADDER.slice(0, rungs), {
        signal: stop.signal,
        priority,
        onChunk: () => {
          frozen.resolve();
          return pause(600_000, undefined, { signal: stop.signal });
        },
      });
      await frozen.promise;
      const base = getPriority();
      expect(new Set(await nicenesses())).toEqual(new Set([Math.min(19, base + 19)]));
      priority.raise('waiting');
      expect(new Set(await nicenesses())).toEqual(new Set([mayRaise() ? 5 : Math.min(19, base + 19)]));
      stop.abort();
      await expect(encode).rejects.toMatchObject({ code: 'CANCELLED' });
      priority.raise('waiting');
      // In a room of its own the program ends a moment after what it was started by.
      await eventually(nicenesses, (left) => left.length === 0);
    },
  );

  it('begins at the priority that it was raised to before its program ran', () => {
    const priority = new ProgramPriority('idle');
    priority.raise('waiting');
    expect(priority.level).toBe('waiting');
  });
});
