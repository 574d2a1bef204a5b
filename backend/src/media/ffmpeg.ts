import { ChildProcess, spawn } from 'node:child_process';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fluent from 'fluent-ffmpeg';
import { INPUT_ARGS, inputUrl } from './audio-input.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import { CHILD_ENVIRONMENT, diedBySystem } from './launcher.js';
import { MediaError, systemFault } from './media-error.js';
import { type OneForm, oneFormArgs } from './one-form.js';
import type { ProgramPriority } from './program-priority.js';
import { watchStopped } from './stopped-watch.js';
import { TextTail } from './text-tail.js';
import { type CagedDecoder, cageDecoder } from './walls.js';

/** Takes bytes as they come; the program waits while the promise is pending. */
export type ByteSink = (chunk: Buffer) => void | Promise<void>;

export interface FfmpegOutput {
  readonly args: readonly string[];
  /** Where its bytes go; null for an output that only has side effects (`-f null`). */
  readonly sink: ByteSink | null;
}

export interface FfmpegRun {
  /** A readable path (see withReadablePath). */
  readonly input: string;
  readonly inputArgs?: readonly string[];
  /** Has another ffmpeg decode the file to this form first, and reads from that one. */
  readonly oneForm?: OneForm;
  readonly filterComplex?: string;
  readonly outputs: readonly FfmpegOutput[];
  /** `info` adds the summaries of filters, each line marked with its level. */
  readonly verbosity: 'error' | 'info';
  /** Hears all that it says, line by line; of several outputs only. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  /** `normal`, and never raised, where nothing is said. */
  readonly priority?: ProgramPriority;
}

/**
 * Runs ffmpeg on one input and returns what it said (the tail of it, bounded); sinks have had every byte by then. Throws
 * FFMPEG_FAILED or SYSTEM_FAULT (cause: that tail), TIMED_OUT, CANCELLED, or whatever a sink threw. The program is gone when this
 * settles.
 */
export async function runFfmpeg(tools: FfmpegTools, run: FfmpegRun): Promise<TextTail> {
  const limit = AbortSignal.timeout(run.timeoutMs);
  const signal = run.signal ? AbortSignal.any([run.signal, limit]) : limit;
  const only = run.outputs.length === 1 ? run.outputs[0] : undefined;
  try {
    signal.throwIfAborted();
    const cage = await cageDecoder({
      program: tools.ffmpegPath,
      walls: tools.walls,
      input: run.input,
      timeoutMs: run.timeoutMs,
    });
    signal.throwIfAborted();
    const inside = { ...run, input: cage.input };
    return only?.sink != null &&
      run.filterComplex === undefined &&
      run.oneForm === undefined &&
      run.verbosity === 'error'
      ? await runOrdinary(tools, cage, inside, only.args, only.sink, signal)
      : await runManyPipes(cage, inside, signal);
  } catch (error) {
    if (run.signal?.aborted) throw new MediaError('CANCELLED', 'The work was cancelled.', { cause: error });
    if (limit.aborted)
      throw new MediaError('TIMED_OUT', `ffmpeg took longer than ${Math.round(run.timeoutMs / 1000)} s.`, {
        cause: error,
      });
    throw error;
  }
}

/** Pure: what stands before the input. */
function headArgs(run: FfmpegRun): string[] {
  const verbosity = run.verbosity === 'info' ? 'level+info' : 'error';
  return ['-nostdin', '-hide_banner', '-nostats', '-v', verbosity, ...INPUT_ARGS, ...(run.inputArgs ?? [])];
}

/** Pure: the whole command line when every output has a pipe of its own: 1, then 3 and up (2 is stderr). */
export function pipeArgs(run: FfmpegRun): string[] {
  let pipes = 0;
  const target = (output: FfmpegOutput): string =>
    output.sink === null ? '-' : `pipe:${pipes++ === 0 ? 1 : pipes + 1}`;
  return [
    ...headArgs(run),
    ...(run.oneForm === undefined ? ['-i', inputUrl(run.input)] : ['-f', 'wav', '-i', 'pipe:0']),
    ...(run.filterComplex === undefined ? [] : ['-filter_complex', run.filterComplex]),
    ...run.outputs.flatMap((output) => [...output.args, target(output)]),
  ];
}

/** One output: fluent-ffmpeg builds, starts and watches the command. */
async function runOrdinary(
  tools: FfmpegTools,
  cage: CagedDecoder,
  run: FfmpegRun,
  args: readonly string[],
  sink: ByteSink,
  signal: AbortSignal,
): Promise<TextTail> {
  await learnFormats(tools.ffmpegPath);
  const [program, ...prefix] = cage.line([], run.priority?.level);
  // fluent-ffmpeg takes a closed output for a failure after 20 ms, so this one never says that it closed.
  const bytes = new PassThrough({ emitClose: false });
  const tail = new TextTail();
  const command = fluent({ stdoutLines: 1 })
    .input(inputUrl(run.input))
    .inputOptions(...prefix, ...headArgs(run))
    .output(bytes)
    .outputOptions(...args)
    .setFfmpegPath(program)
    .on('stderr', (line: string) => tail.append(`${line}\n`));
  const kill = (): void => {
    command.kill('SIGKILL');
    bytes.destroy(new Error('stopped'));
  };
  let unwatch = (): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    command.once('start', () => {
      run.priority?.started(pidOf(command));
      unwatch = watchStopped(pidOf(command), kill);
      if (signal.aborted) kill();
    });
    command.once('end', () => resolve());
    command.once('error', (error: Error) => reject(failure(error.message, tail)));
  });
  signal.addEventListener('abort', kill, { once: true });
  try {
    command.run();
    await settleAll([ended, drain(bytes, sink)], kill);
    return tail;
  } finally {
    unwatch();
    run.priority?.ended();
    signal.removeEventListener('abort', kill);
  }
}

/** fluent-ffmpeg keeps its child process there, and its types keep quiet about it. */
function pidOf(command: object): number | undefined {
  const child: unknown = Reflect.get(command, 'ffmpegProc');
  return child instanceof ChildProcess ? child.pid : undefined;
}

let learnt: Promise<void> | null = null;

/**
 * fluent-ffmpeg asks its program for formats and encoders before the first command and remembers them for good. It is
 * asked about the real program here, because the one it starts later is our launcher.
 */
function learnFormats(ffmpegPath: string): Promise<void> {
  const command = fluent().setFfmpegPath(ffmpegPath);
  const asked = (ask: (done: (error: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => ask((error) => (error ? reject(error) : resolve())));
  learnt ??= asked((done) => command.getAvailableFormats(done))
    .then(() => asked((done) => command.getAvailableEncoders(done)))
    .catch((cause: unknown) => {
      learnt = null;
      throw new MediaError('FFMPEG_FAILED', 'ffmpeg does not list its formats.', { cause });
    });
  return learnt;
}

/** Several outputs need pipes 3 and up, which fluent-ffmpeg cannot open. */
async function runManyPipes(cage: CagedDecoder, run: FfmpegRun, signal: AbortSignal): Promise<TextTail> {
  const sinks = run.outputs.flatMap((output) => output.sink ?? []);
  const [program, ...args] = cage.line(pipeArgs(run), run.priority?.level);
  const child = spawn(program, args, {
    env: process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT,
    stdio: [
      run.oneForm === undefined ? 'ignore' : 'pipe',
      'pipe',
      'pipe',
      ...sinks.slice(1).map(() => 'pipe' as const),
    ],
    windowsHide: true,
  });
  run.priority?.started(child.pid);
  const tail = new TextTail(run.onLine);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => tail.append(text));
  const decoder = run.oneForm === undefined ? undefined : startDecoder(cage, run, run.oneForm);
  const kill = (): void => {
    child.kill('SIGKILL');
    decoder?.kill('SIGKILL');
  };
  const watches = [child, decoder].map((program) => watchStopped(program?.pid, kill));
  signal.addEventListener('abort', kill, { once: true });
  try {
    const streams = outputStreams(child);
    const parts = [exit(child, tail), ...sinks.map((sink, index) => drain(streams[index], sink))];
    await settleAll(decoder === undefined ? parts : [...parts, feed(decoder, child)], kill);
    return tail;
  } finally {
    for (const unwatch of watches) unwatch();
    run.priority?.ended();
    signal.removeEventListener('abort', kill);
  }
}

function startDecoder(cage: CagedDecoder, run: FfmpegRun, form: OneForm): ChildProcess {
  const decode = [...headArgs({ ...run, verbosity: 'error', inputArgs: [] }), '-i', inputUrl(run.input)];
  const [program, ...args] = cage.line([...decode, ...oneFormArgs(form), 'pipe:1']);
  return spawn(program, args, {
    env: process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** How the two programs end is told by themselves: that a pipe broke between them says less. */
async function feed(decoder: ChildProcess, child: ChildProcess): Promise<void> {
  const tail = new TextTail();
  decoder.stderr?.setEncoding('utf8').on('data', (text: string) => tail.append(text));
  const { stdout } = decoder;
  const { stdin } = child;
  const poured = stdout === null || stdin === null ? undefined : pipeline(stdout, stdin);
  await Promise.all([exit(decoder, tail), poured?.catch(() => undefined)]);
}

function outputStreams(child: ChildProcess): Readable[] {
  const [, stdout, , ...extra] = child.stdio;
  return [stdout, ...extra].filter((stream): stream is Readable => stream != null && 'read' in stream);
}

function exit(child: ChildProcess, tail: TextTail): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(failure(error.message, tail)));
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(failure(`ffmpeg ended with ${signal ?? `code ${code}`}`, tail)),
    );
  });
}

async function drain(stream: Readable | undefined, sink: ByteSink): Promise<void> {
  if (stream === undefined)
    throw new MediaError('FFMPEG_FAILED', 'ffmpeg was started without a pipe for its output.');
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) await sink(chunk);
}

/** Waits for every part; the first failure kills the program, and is the one that is thrown. */
async function settleAll(parts: readonly Promise<void>[], kill: () => void): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  await Promise.all(
    parts.map((part) =>
      part.catch((error: unknown) => {
        first ??= { error };
        kill();
      }),
    ),
  );
  if (first !== undefined) throw first.error;
}

const failure = (message: string, tail: TextTail): MediaError => {
  const said = tail.text.trim();
  return diedBySystem(message, said)
    ? systemFault(new Error(`${message} ${said}`.trim()))
    : new MediaError('FFMPEG_FAILED', message, { cause: new Error(said) });
};
