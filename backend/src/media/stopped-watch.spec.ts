import { describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { watchStopped } from './stopped-watch.js';

const SOON = { lookEveryMs: 20, looks: 5 };
const onLinux = process.platform === 'linux' ? it : it.skip;

/** A shell that waits for a program of its own, as the holder of a room does. */
const family = (): ChildProcess => spawn('sh', ['-c', 'sleep 60; true'], { detached: true, stdio: 'ignore' });
const signal = (child: ChildProcess, name: NodeJS.Signals): void =>
  void process.kill(-(child.pid ?? 0), name);

describe('a program that stands still', () => {
  onLinux('is ended after a while, though only what it started was stopped', async () => {
    const child = family();
    const gone = once(child, 'exit');
    const end = watchStopped(child.pid, () => signal(child, 'SIGKILL'), SOON);
    await pause(200);
    expect(child.exitCode).toBeNull();
    signal(child, 'SIGSTOP');
    expect((await gone)[1]).toBe('SIGKILL');
    end();
  });

  onLinux('is left alone when it goes on in time, and when nobody watches it any more', async () => {
    const child = family();
    let told = 0;
    const end = watchStopped(child.pid, () => (told += 1), { lookEveryMs: 50, looks: 10 });
    for (let n = 0; n < 8; n += 1) {
      signal(child, 'SIGSTOP');
      await pause(130);
      signal(child, 'SIGCONT');
      await pause(130);
    }
    expect(told).toBe(0);
    end();
    signal(child, 'SIGKILL');
    await once(child, 'exit');
  });
});
