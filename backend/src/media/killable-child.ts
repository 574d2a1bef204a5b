import { type ChildProcess, fork } from 'node:child_process';
import { errorCode } from '../common/error-code.js';
import { cageLine, type Walls } from './cage.js';
import { codeOf } from './code-in-room.js';
import { CHILD_ENVIRONMENT } from './launcher.js';
import { MediaError } from './media-error.js';
import { isWish, type BytesWish, type ServeBytes, type BytesBrought } from './bytes-by-channel.js';
import { watchResident } from './resident-watch.js';
import { findHelperWalls, helperLimits, STARTER } from './walls.js';

export interface ChildLaunch {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** The words for the person whose file it was. */
export interface ChildComplaints {
  readonly died: string;
  readonly timedOut: string;
  readonly tooLarge: string;
}

export interface ChildLimits {
  readonly heapMb: number;
  /** Of all its memory, the program itself included, while it works on a request. */
  readonly residentMb: number;
  /** For one request. */
  readonly timeoutMs: number;
  /** Whether it works by a library that is no JavaScript, which Node's permissions do not bind. */
  readonly nativeCode: boolean;
}

/** A child's CPU time is limited for its whole life: it is replaced well before, on however many cores it works. */
const WORN_OUT_MS = 60_000;

/** A second line behind the watch: V8 sets half a gigabyte aside before it has read a line. */
const DATA_MB = 1024;

const [NODE_MAJOR = 0] = process.versions.node.split('.').map(Number);

/** JavaScript that can read and nothing else: no file is written, no program, thread or debugger started. */
const permissions = (nativeCode: boolean): readonly string[] =>
  NODE_MAJOR < 24 ? [] : ['--permission', '--allow-fs-read=*', ...(nativeCode ? ['--allow-addons'] : [])];

/**
 * A process that works on foreign bytes, one request at a time: started at the first, and again after it died. It has
 * an empty environment, and the kernel ends it with its parent. Whoever makes it closes it.
 */
export class KillableChild<Request extends object, Answer> {
  private child: ChildProcess | null = null;
  private busy = false;
  private closings = 0;
  private workedMs = 0;

  constructor(
    private readonly launch: ChildLaunch,
    private readonly limits: ChildLimits,
    private readonly complaints: ChildComplaints,
  ) {}

  get isBusy(): boolean {
    return this.busy;
  }

  /**
   * While it works it may ask for bytes, which `serve` brings: it opens nothing itself. Rejects with READER_DIED,
   * TIMED_OUT or TOO_LARGE when the child did not survive the request; it is gone by then.
   */
  async ask(request: Request, serve: ServeBytes = refuse): Promise<Answer> {
    this.busy = true;
    if (this.workedMs > WORN_OUT_MS) this.close();
    const begun = performance.now();
    const { closings } = this;
    try {
      const walls = await findHelperWalls();
      if (this.closings !== closings) throw new MediaError('READER_DIED', this.complaints.died);
      const child = (this.child ??= this.start(walls));
      return await this.answerOf(child, request, serve);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.busy = false;
      if (this.child !== null) this.workedMs += performance.now() - begun;
    }
  }

  close(): void {
    this.closings++;
    this.workedMs = 0;
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private start(walls: Walls): ChildProcess {
    const [execPath, ...execArgv] = cageLine(
      {
        program: process.execPath,
        args: [
          `--max-old-space-size=${this.limits.heapMb}`,
          ...permissions(this.limits.nativeCode),
          ...this.launch.execArgv,
        ],
        limits: helperLimits(DATA_MB),
        walls,
        shown: codeOf(this.launch.file),
        // It was emptied already, but for the variable that names the channel to us.
        emptyEnvironment: false,
      },
      STARTER,
    );
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

  private answerOf(child: ChildProcess, request: Request, serve: ServeBytes): Promise<Answer> {
    return new Promise((resolve, reject) => {
      child.channel?.ref();
      const died = (): void => settle(() => reject(new MediaError('READER_DIED', this.complaints.died)));
      const late = (): void => settle(() => reject(new MediaError('TIMED_OUT', this.complaints.timedOut)));
      const large = (): void => settle(() => reject(new MediaError('TOO_LARGE', this.complaints.tooLarge)));
      const unwatch = watchResident(child.pid ?? 0, this.limits.residentMb, large);
      const timer = setTimeout(late, this.limits.timeoutMs);
      const heard = (message: Answer | BytesWish): void => {
        if (isWish(message)) void bring(child, message, serve);
        else settle(() => resolve(message));
      };
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        unwatch();
        child.off('exit', died).off('error', died).off('message', heard);
        child.channel?.unref();
        then();
      };
      child.once('exit', died).once('error', died).on('message', heard);
      child.send(request, (error) => error !== null && died());
    });
  }
}

const refuse: ServeBytes = () => Promise.reject(new Error('there is nothing to read'));

const bring = async (child: ChildProcess, wish: BytesWish, serve: ServeBytes): Promise<void> => {
  const brought: BytesBrought = await serve(wish).then(
    (bytes) => ({ wish: wish.wish, bytes }),
    (error: unknown) => ({ wish: wish.wish, code: errorCode(error) ?? 'EIO' }),
  );
  // One that ended meanwhile is told of by its exit.
  if (child.connected) child.send(brought, () => undefined);
};
