import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { log } from './common/log.js';

const RESTART_MS = [500, 2000, 10_000, 30_000];
/** One that lived so long did not die of its beginning. */
const LONG_LIFE_MS = 300_000;

/** The worker process of a one-machine installation: started again when it dies, ended with this process. */
export class ChildWorker {
  private child: ChildProcess | null = null;
  private deaths = 0;
  private stopping = false;

  constructor(
    private readonly argv: readonly string[],
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  start(): void {
    const child = fork(new URL('./worker.js', import.meta.url), [...this.argv], {
      env: this.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    const startedAt = performance.now();
    child.once('exit', (code, signal) => {
      this.child = null;
      if (this.stopping) return;
      if (performance.now() - startedAt > LONG_LIFE_MS) this.deaths = 0;
      const wait = RESTART_MS[Math.min(this.deaths, RESTART_MS.length - 1)] ?? 0;
      this.deaths++;
      log.error({ code, signal }, 'the worker died and is started again');
      setTimeout(() => {
        if (!this.stopping) this.start();
      }, wait);
    });
  }

  /** Asks it to end, and kills it after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(kill);
  }
}
