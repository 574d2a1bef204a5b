import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Capabilities, readCapabilities } from './capabilities.js';
import { CHILD_ENVIRONMENT, isExecutable, whichIn } from './launcher.js';
import { MediaError } from './media-error.js';
import type { Walls } from './cage.js';
import { findWalls } from './walls.js';

export interface FfmpegTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly version: string;
  readonly source: 'configured' | 'system' | 'package';
  /** What this build cannot do, in words; empty is good. */
  readonly missing: readonly string[];
  readonly chromaprint: boolean;
  /** A sentence for the administrator when the build is too old, else null. */
  readonly degraded: string | null;
  /** What stands around these programs while they read a file. */
  readonly walls: Walls;
}

export interface FfmpegSearch {
  readonly ffmpegPath?: string | null;
  readonly ffprobePath?: string | null;
  /** Folders to look in instead of the machine's own PATH, in PATH's form. */
  readonly searchPath?: string;
}

interface Candidate {
  readonly source: FfmpegTools['source'];
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/**
 * Finds ffmpeg and ffprobe: the paths given, then the machine's own, then the binaries inside the npm packages; the
 * first that lacks nothing, else the first that runs. Throws NO_FFMPEG with a sentence for the person who starts the
 * service.
 */
export async function findFfmpeg(search: FfmpegSearch = {}): Promise<FfmpegTools> {
  if (search.ffmpegPath != null) return configured(search.ffmpegPath, search);
  const found: FfmpegTools[] = [];
  for (const look of [onSystem, inPackage]) {
    const candidate = await look(search);
    const tools = candidate === null ? null : await inspect(candidate).catch(() => null);
    if (tools?.missing.length === 0) return tools;
    if (tools !== null) found.push(tools);
  }
  const [usable] = found;
  if (usable !== undefined) return usable;
  throw new MediaError(
    'NO_FFMPEG',
    'ffmpeg and ffprobe were not found: install ffmpeg 5.1 or newer, or name the programs by FFMPEG_PATH and FFPROBE_PATH.',
  );
}

async function configured(ffmpegPath: string, search: FfmpegSearch): Promise<FfmpegTools> {
  const ffprobePath = search.ffprobePath ?? siblingProbe(ffmpegPath) ?? (await onSystem(search))?.ffprobePath;
  if (ffprobePath === undefined)
    throw new MediaError('NO_FFMPEG', `No ffprobe stands beside ${ffmpegPath}: name it by FFPROBE_PATH.`);
  try {
    return await inspect({ source: 'configured', ffmpegPath, ffprobePath });
  } catch (cause) {
    throw new MediaError(
      'NO_FFMPEG',
      `FFMPEG_PATH or FFPROBE_PATH is not a working program: ${ffmpegPath}, ${ffprobePath}.`,
      { cause },
    );
  }
}

async function onSystem(search: FfmpegSearch): Promise<Candidate | null> {
  const ffmpegPath = await which('ffmpeg', search);
  const ffprobePath = search.ffprobePath ?? (await which('ffprobe', search));
  return ffmpegPath === null || ffprobePath === null ? null : { source: 'system', ffmpegPath, ffprobePath };
}

/** The shell is asked, since it inherits PATH: the environment itself is read in the config room alone. */
async function which(name: string, search: FfmpegSearch): Promise<string | null> {
  if (search.searchPath !== undefined) return whichIn(name, search.searchPath);
  const [program, args] =
    process.platform === 'win32' ? ['where', [name]] : ['/bin/sh', ['-c', 'command -v "$1"', 'sh', name]];
  const answer = await run(program, args, { windowsHide: true }).catch(() => null);
  const first = answer?.stdout.split(/\r?\n/)[0]?.trim() ?? '';
  return isExecutable(first) ? first : null;
}

async function inPackage(search: FfmpegSearch): Promise<Candidate | null> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folder = `${process.platform}-${process.arch}`;
  const ffmpegPath = await packageBinary('ffmpeg', folder, suffix);
  const ffprobePath = search.ffprobePath ?? (await packageBinary('ffprobe', folder, suffix));
  return ffmpegPath === null || ffprobePath === null ? null : { source: 'package', ffmpegPath, ffprobePath };
}

/** npm runs no install scripts by default, so the executable bit that such a script would set is set here. */
async function packageBinary(name: string, folder: string, suffix: string): Promise<string | null> {
  try {
    const installed = dirname(require.resolve(`@${name}-installer/${folder}/package.json`));
    const file = join(installed, name + suffix);
    if (!isExecutable(file)) await chmod(file, (await stat(file)).mode | 0o111);
    return file;
  } catch {
    return null;
  }
}

function siblingProbe(ffmpegPath: string): string | undefined {
  const suffix = ffmpegPath.endsWith('.exe') ? '.exe' : '';
  const sibling = join(dirname(ffmpegPath), `ffprobe${suffix}`);
  return isExecutable(sibling) ? sibling : undefined;
}

async function inspect({ source, ffmpegPath, ffprobePath }: Candidate): Promise<FfmpegTools> {
  await ask(ffprobePath, ['-version']);
  const [capabilities, ...walls] = await Promise.all([
    probeCapabilities(ffmpegPath),
    findWalls(ffmpegPath),
    findWalls(ffprobePath),
  ]);
  return { source, ffmpegPath, ffprobePath, ...capabilities, walls: weaker(...walls) };
}

const WEAKEST_FIRST = ['limits', 'netless', 'room'] as const satisfies readonly Walls[];
const weaker = (...walls: readonly Walls[]): Walls =>
  WEAKEST_FIRST.find((candidate) => walls.includes(candidate)) ?? 'limits';

async function probeCapabilities(ffmpegPath: string): Promise<Capabilities> {
  const [version, encoders, filters, muxers, mp4Muxer] = await Promise.all([
    ask(ffmpegPath, ['-version']),
    ask(ffmpegPath, ['-hide_banner', '-encoders']),
    ask(ffmpegPath, ['-hide_banner', '-filters']),
    ask(ffmpegPath, ['-hide_banner', '-muxers']),
    ask(ffmpegPath, ['-hide_banner', '-h', 'muxer=mp4']),
  ]);
  if (!/^ffmpeg version /m.test(version)) throw new Error(`${ffmpegPath} does not call itself ffmpeg`);
  return readCapabilities({ version, encoders, filters, muxers, mp4Muxer });
}

const ANSWER_LIMIT_MS = 20_000;

async function ask(program: string, args: string[]): Promise<string> {
  const env = process.platform === 'win32' ? undefined : CHILD_ENVIRONMENT;
  const { stdout } = await run(program, args, {
    timeout: ANSWER_LIMIT_MS,
    maxBuffer: 4 << 20,
    env,
    windowsHide: true,
  });
  return stdout;
}
