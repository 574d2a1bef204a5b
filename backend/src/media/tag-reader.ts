import { type ChildProcess, fork } from 'node:child_process';
import { CHILD_ENVIRONMENT, LAUNCH_PROGRAMS, launchLine } from './launcher.js';
import { MediaError } from './media-error.js';
import type { BatchAnswer, ReadAnswer, ReadBatch } from './tag-reader-messages.js';

export interface ChildLaunch {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** One child at a time, started at the first batch and again after it died; it reads one batch at a time. */
export class TagReader {
  private child: ChildProcess | null = null;
  private busy = false;

  constructor(
    private readonly launch: ChildLaunch,
    private readonly heapMb: number,
    private readonly timeoutMs: number,
  ) {}

  get isBusy(): boolean {
    return this.busy;
  }

  /** Rejects with READER_DIED or TIMED_OUT when the child did not survive the batch; it is gone by then. */
  async read(batch: ReadBatch): Promise<readonly ReadAnswer[]> {
    this.busy = true;
    const child = (this.child ??= this.start());
    try {
      return await answerOf(child, batch, this.timeoutMs);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.busy = false;
    }
  }

  close(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  /** `env` is left out of the line: it would take away the variable that names the channel to us. */
  private start(): ChildProcess {
    const nodeArgs = [`--max-old-space-size=${this.heapMb}`, ...this.launch.execArgv];
    const [execPath, ...execArgv] = launchLine(process.execPath, nodeArgs, { ...LAUNCH_PROGRAMS, env: null });
    const child = fork(this.launch.file, [], {
      execPath,
      execArgv,
      env: process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // A reader that waits for work does not keep the service from ending.
    child.unref();
    child.channel?.unref();
    return child;
  }
}

function answerOf(child: ChildProcess, batch: ReadBatch, timeoutMs: number): Promise<readonly ReadAnswer[]> {
  return new Promise((resolve, reject) => {
    child.channel?.ref();
    const died = (): void =>
      settle(() => reject(new MediaError('READER_DIED', 'This file brings the reader of tags down.')));
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(new MediaError('TIMED_OUT', 'This file keeps the reader of tags busy without end.')),
        ),
      timeoutMs,
    );
    const answered = ({ answers }: BatchAnswer): void => settle(() => resolve(answers));
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      child.off('exit', died).off('error', died).off('message', answered);
      child.channel?.unref();
      then();
    };
    child.once('exit', died).once('error', died).once('message', answered);
    child.send(batch, (error) => error !== null && died());
  });
}
