import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AnalysisAnswer, AnalysisRequest } from './analysis-messages.js';
import { MediaError } from './media-error.js';
import type { AnalysedSource, Analysis, Analyst, PcmStream } from './sound-analysis.js';

export interface ThreadLaunch {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** Of a message; a decoder's pieces can be much smaller, and each message costs as much as 10 KB in it. */
const PIECE_BYTES = 128 * 1024;
/** Pieces under way to a thread: enough that it never waits for them, few enough that they take no room. */
const MOST_UNDER_WAY = 8;
const HEAP_MB = 64;
/** A thread that nobody needed for this long is ended. */
const IDLE_MS = 30_000;

/**
 * Threads that analyse samples, one a decode, kept for the next. They hold no foreign format, only samples that the
 * caged decoder made, so a thread is wall enough. Whoever makes the pool closes it.
 */
export class AnalysisThreads {
  private readonly idle: IdleThread[] = [];
  private isClosed = false;

  constructor(
    private readonly launch: ThreadLaunch = {
      file: fileURLToPath(new URL('./analysis-thread.js', import.meta.url)),
      execArgv: [],
    },
  ) {}

  readonly open = (source: AnalysedSource): Analyst => {
    const idle = this.idle.pop();
    if (idle !== undefined) clearTimeout(idle.timer);
    return new ThreadAnalyst(idle?.worker ?? this.start(), source, (worker) => this.giveBack(worker));
  };

  close(): void {
    this.isClosed = true;
    for (const { worker, timer } of this.idle.splice(0)) {
      clearTimeout(timer);
      void worker.terminate();
    }
  }

  private start(): Worker {
    const worker = new Worker(this.launch.file, {
      execArgv: [...this.launch.execArgv],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    // It dies by its error, which whoever works with it hears; without a listener this process would die too.
    worker.on('error', () => undefined);
    return worker;
  }

  private giveBack(worker: Worker): void {
    if (this.isClosed) return void worker.terminate();
    worker.unref();
    const timer = setTimeout(() => {
      this.idle.splice(
        this.idle.findIndex((idle) => idle.worker === worker),
        1,
      );
      void worker.terminate();
    }, IDLE_MS).unref();
    this.idle.push({ worker, timer });
  }
}

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  filled: number;
}

const newPiece = (): Piece => ({ bytes: new Uint8Array(PIECE_BYTES), filled: 0 });

interface IdleThread {
  readonly worker: Worker;
  readonly timer: NodeJS.Timeout;
}

class ThreadAnalyst implements Analyst {
  private underWay = 0;
  private roomForMore: PromiseWithResolvers<void> | null = null;
  private isWhole = false;
  private death: MediaError | null = null;
  private readonly pieces: Record<PcmStream, Piece> = { pcm: newPiece(), mono: newPiece() };
  private readonly told = Promise.withResolvers<Analysis>();

  constructor(
    private readonly worker: Worker,
    source: AnalysedSource,
    private readonly giveBack: (worker: Worker) => void,
  ) {
    // Who never asks for the end hears of a death by the next piece.
    this.told.promise.catch(() => undefined);
    worker.ref();
    worker.on('message', this.onAnswer).on('error', this.onDeath).on('exit', this.onDeath);
    this.send({ kind: 'begin', source });
  }

  async add(stream: PcmStream, chunk: Buffer): Promise<void> {
    if (this.death !== null) throw this.death;
    for (let at = 0; at < chunk.length;) {
      const piece = this.pieces[stream];
      const part = chunk.subarray(at, at + PIECE_BYTES - piece.filled);
      piece.bytes.set(part, piece.filled);
      piece.filled += part.length;
      at += part.length;
      if (piece.filled === PIECE_BYTES) this.sendPiece(stream);
    }
    if (this.underWay < MOST_UNDER_WAY) return;
    this.roomForMore ??= Promise.withResolvers<void>();
    await this.roomForMore.promise;
  }

  finish(): Promise<Analysis> {
    this.sendPiece('pcm');
    this.sendPiece('mono');
    this.send({ kind: 'finish' });
    return this.told.promise;
  }

  close(): void {
    const { worker } = this;
    worker.off('message', this.onAnswer).off('error', this.onDeath).off('exit', this.onDeath);
    if (this.isWhole) this.giveBack(worker);
    else void worker.terminate();
  }

  private sendPiece(stream: PcmStream): void {
    const { bytes, filled } = this.pieces[stream];
    this.underWay++;
    this.send({ kind: 'samples', stream, bytes: bytes.subarray(0, filled) }, [bytes.buffer]);
    this.pieces[stream] = newPiece();
  }

  private send(request: AnalysisRequest, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(request, transfer);
  }

  private readonly onAnswer = (answer: AnalysisAnswer): void => {
    if (answer.kind === 'told') {
      this.isWhole = true;
      return this.told.resolve(withBuffers(answer.analysis));
    }
    this.underWay--;
    this.roomForMore?.resolve();
    this.roomForMore = null;
  };

  private readonly onDeath = (cause: unknown): void => {
    this.death ??= new MediaError('READER_DIED', 'The thread that analyses sound ended before its time.', {
      cause,
    });
    this.told.reject(this.death);
    this.roomForMore?.reject(this.death);
  };
}

/** A Buffer arrives as a plain Uint8Array. */
const withBuffers = ({ mono, ...analysis }: Analysis): Analysis => ({
  ...analysis,
  mono: { ...mono, melStatistics: mono.melStatistics === null ? null : Buffer.from(mono.melStatistics) },
});
