import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type CagedProgram, cageLine, type CageLimits, type Starter, type Walls } from './cage.js';
import { CHILD_ENVIRONMENT, LAUNCH_PROGRAMS, type Priority } from './launcher.js';
import { codeOf } from './code-in-room.js';
import { inputInRoom } from './room-script.js';

const run = promisify(execFile);
const userId = process.getuid?.() ?? null;

export const STARTER: Starter = { tools: LAUNCH_PROGRAMS, isRoot: userId === 0 };

const DECODER = { dataMb: 1024, addressMb: 2048, openFiles: 64, stackMb: 2 };
export const decoderLimits = (timeoutMs: number): CageLimits => ({
  ...DECODER,
  cpuSeconds: Math.ceil(timeoutMs / 1000),
});

const TRIAL_LIMIT_MS = 20_000;

const hasTools = ({ tools }: Starter): boolean =>
  tools.setpriv !== null && tools.prlimit !== null && tools.unshare !== null;

/** The strongest walls in which a program still runs here: tried once, by having it say its version. */
export async function findWalls(program: string): Promise<Walls> {
  if (!hasTools(STARTER)) return 'limits';
  const trial = {
    program,
    args: ['-version'],
    limits: decoderLimits(TRIAL_LIMIT_MS),
    emptyEnvironment: true,
  };
  const input = { path: program, inside: inputInRoom(program), foreign: false };
  for (const walls of ['room', 'netless'] as const) if (await runs({ ...trial, walls, input })) return walls;
  return 'limits';
}

/** Of a child that works on many requests: each has its own limit of time, and together they wear it out. */
const HELPER_CPU_SECONDS = 600;

export const helperLimits = (dataMb: number): CageLimits => ({
  dataMb,
  addressMb: null,
  cpuSeconds: HELPER_CPU_SECONDS,
  openFiles: 256,
  stackMb: null,
});

let helperWalls: Promise<Walls> | null = null;

/** The walls for a child that runs on this process's own program, and sees no more than this code of it. */
export function findHelperWalls(code: readonly string[] = codeOf(import.meta.filename)): Promise<Walls> {
  helperWalls ??= tryHelperWalls(code);
  return helperWalls;
}

async function tryHelperWalls(code: readonly string[]): Promise<Walls> {
  if (!hasTools(STARTER)) return 'limits';
  // It must run, and find its code.
  const look = `for (const path of ${JSON.stringify(code)}) require('node:fs').statSync(path);`;
  const trial = { program: process.execPath, args: ['-e', look], emptyEnvironment: true, shown: code };
  for (const walls of ['room', 'netless'] as const)
    if (await runs({ ...trial, limits: helperLimits(1024), walls })) return walls;
  return 'limits';
}

async function runs(caged: CagedProgram): Promise<boolean> {
  const [file, ...args] = cageLine(caged, STARTER);
  try {
    await run(file, args, { timeout: TRIAL_LIMIT_MS, killSignal: 'SIGKILL', env: CHILD_ENVIRONMENT });
    return true;
  } catch {
    return false;
  }
}

export interface Decoding {
  readonly program: string;
  readonly walls: Walls;
  /** A readable path of the one file that it may see. */
  readonly input: string;
  readonly timeoutMs: number;
}

export interface CagedDecoder {
  /** Where the program finds its input. */
  readonly input: string;
  line(args: readonly string[], priority?: Priority): readonly [string, ...string[]];
}

/** How a decoder is started on one file. */
export async function cageDecoder({ program, walls, input, timeoutMs }: Decoding): Promise<CagedDecoder> {
  const inside = inputInRoom(input);
  const room = walls === 'room' ? { path: input, inside, foreign: await isForeign(input) } : undefined;
  const base = { program, walls, limits: decoderLimits(timeoutMs), emptyEnvironment: true, input: room };
  return {
    input: room === undefined ? input : inside,
    line: (args, priority) => cageLine({ ...base, args, priority }, STARTER),
  };
}

const READABLE_BY_ALL = 0o004;

/** Belongs to somebody else and is not shown to everybody: only an administrator's right opens it. */
async function isForeign(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.uid !== userId && (found.mode & READABLE_BY_ALL) === 0;
}
