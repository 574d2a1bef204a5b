import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

/** The module that can be changed. One that is imported shows for good what this held when it was first read. */
const childProcess = createRequire(import.meta.url)(
  'node:child_process',
) as typeof import('node:child_process');

/** `unstarted`: the system has no process to give. `killed`: it ended as soon as it had begun. */
export const SPAWN_FAULTS = ['unstarted', 'killed'] as const;
export type SpawnFault = (typeof SPAWN_FAULTS)[number];

const NOWHERE = '/nonexistent/program';

/**
 * Lets the Nth program that is started from now on fail. What is imported after `install` starts its programs through
 * this; the real functions are put back by `remove`.
 */
export class FaultySpawns {
  private left = Number.POSITIVE_INFINITY;
  private fault: SpawnFault = 'unstarted';
  private readonly real = { spawn: childProcess.spawn, execFile: childProcess.execFile };

  get hasFailed(): boolean {
    return this.left <= 0;
  }

  failAt(program: number, fault: SpawnFault): void {
    this.left = program;
    this.fault = fault;
  }

  heal(): void {
    this.left = Number.POSITIVE_INFINITY;
  }

  install(): void {
    const spawn = (file: string, ...rest: readonly unknown[]): ChildProcess =>
      this.start(
        file,
        (program) => Reflect.apply(this.real.spawn, childProcess, [program, ...rest]) as ChildProcess,
      );
    const run = promisify(this.real.execFile);
    const asIs = (...all: readonly unknown[]): unknown =>
      Reflect.apply(this.real.execFile, childProcess, all);
    const execFile = Object.assign(asIs, {
      // What promisify makes of the real one, and of this.
      [promisify.custom]: (file: string, ...rest: readonly unknown[]) => {
        let answer: ReturnType<typeof run> | undefined;
        this.start(file, (program) => {
          answer = Reflect.apply(run, null, [program, ...rest]) as ReturnType<typeof run>;
          return answer.child;
        });
        return answer;
      },
    });
    Object.assign(childProcess, { spawn, execFile });
  }

  remove(): void {
    Object.assign(childProcess, this.real);
  }

  private start(file: string, begin: (program: string) => ChildProcess): ChildProcess {
    if (--this.left !== 0) return begin(file);
    if (this.fault === 'unstarted') return begin(NOWHERE);
    const child = begin(file);
    // By its number: whom `child.kill` ends is known to have been ended by ourselves.
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    return child;
  }
}
