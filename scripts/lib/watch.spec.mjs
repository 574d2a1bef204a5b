import { describe, expect, it } from '@jest/globals';
import { compilerErrors, oneAtATime } from './watch.mjs';

describe('what the compiler says while it watches', () => {
  it('is a round without errors', () => {
    expect(compilerErrors('09:15:01 - Found 0 errors. Watching for file changes.')).toBe(0);
  });

  it('is a round with errors', () => {
    expect(compilerErrors('09:15:01 - Found 1 error. Watching for file changes.')).toBe(1);
    expect(compilerErrors('\u001b[90m09:15:01\u001b[0m - Found 12 errors. Watching for file changes.')).toBe(
      12,
    );
  });

  it('is otherwise of no concern', () => {
    expect(compilerErrors('File change detected. Starting incremental compilation...')).toBeUndefined();
  });
});

describe('work that is asked for while it runs', () => {
  it('runs once more afterwards, however often it was asked for', async () => {
    let runs = 0;
    const gates = [Promise.withResolvers(), Promise.withResolvers()];
    const work = oneAtATime(() => gates[runs++].promise);
    const first = work();
    work();
    work();
    expect(runs).toBe(1);
    gates[0].resolve();
    gates[1].resolve();
    await first;
    expect(runs).toBe(2);
  });
});
