import { type ChildProcess, fork } from 'node:child_process';
import { CHILD_ENVIRONMENT, LAUNCH_PROGRAMS, launchLine } from './launcher.js';
import { MediaError } from './media-error.js';

export interface ChildLaunch {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** The words for the person whose file it was. */
export interface ChildComplaints {
  readonly died: string;
  readonly timedOut: string;
}

export interface ChildLimits {
  readonly heapMb: number;
  /** For one request. */
  readonly timeoutMs: number;
}

/**
 * A process that works on foreign bytes, one request at a time: started at the first, and again after it died. It has
 * an empty environment, and the kernel ends it with its parent. Whoever makes it closes it.
 */
export class KillableChild<Request extends object, Answer> {
  private child: ChildProcess | null = null;
  private busy = false;

  constructor(
    private readonly launch: ChildLaunch,
    private readonly limits: ChildLimits,
    private readonly complaints: ChildComplaints,
  ) {}

  get isBusy(): boolean {
    return this.busy;
  }

  /** Rejects with READER_DIED or TIMED_OUT when the child did not survive the request; it is gone by then. */
  async ask(request: Request): Promise<Answer> {
    this.busy = true;
    const child = (this.child ??= this.start());
    try {
      return await this.answerOf(child, request);
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
    const nodeArgs = [`--max-old-space-size=${this.limits.heapMb}`, ...this.launch.execArgv];
    const [execPath, ...execArgv] = launchLine(process.execPath, nodeArgs, { ...LAUNCH_PROGRAMS, env: null });
    const child = fork(this.launch.file, [], {
      execPath,
      execArgv,
      env: process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // A child that waits for work does not keep the service from ending.
    child.unref();
    child.channel?.unref();
    return child;
  }

  private answerOf(child: ChildProcess, request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      child.channel?.ref();
      const died = (): void => settle(() => reject(new MediaError('READER_DIED', this.complaints.died)));
      const late = (): void => settle(() => reject(new MediaError('TIMED_OUT', this.complaints.timedOut)));
      const timer = setTimeout(late, this.limits.timeoutMs);
      const answered = (answer: Answer): void => settle(() => resolve(answer));
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        child.off('exit', died).off('error', died).off('message', answered);
        child.channel?.unref();
        then();
      };
      child.once('exit', died).once('error', died).once('message', answered);
      child.send(request, (error) => error !== null && died());
    });
  }
}
