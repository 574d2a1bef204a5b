import { X509Certificate, createPrivateKey } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Config } from './config.js';

const nearestExisting = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));

const canAccess = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
};

const folderProblem = (label: string, path: string, mayBeAbsent: boolean): string | null => {
  if (!existsSync(path)) return mayBeAbsent ? null : `${label} ${path} does not exist`;
  if (!statSync(path).isDirectory()) return `${label} ${path} is a file, not a folder`;
  return canAccess(path, constants.R_OK | constants.X_OK)
    ? null
    : `${label} ${path} may not be read by this user`;
};

const dataProblem = (path: string): string | null => {
  const nearest = nearestExisting(path);
  if (!statSync(nearest).isDirectory()) return `the data folder ${path} cannot be made: ${nearest} is a file`;
  return canAccess(nearest, constants.W_OK | constants.X_OK)
    ? null
    : `the data folder ${path} may not be written by this user`;
};

const tlsProblems = (tls: NonNullable<Config['tls']>): string[] => {
  const problems: string[] = [];
  try {
    new X509Certificate(readFileSync(tls.certPath));
  } catch {
    problems.push(`--tls-cert ${tls.certPath} is not a readable PEM certificate`);
  }
  try {
    createPrivateKey(readFileSync(tls.keyPath));
  } catch {
    problems.push(`--tls-key ${tls.keyPath} is not a readable PEM private key`);
  }
  return problems;
};

const programProblem = (variable: string, path: string | null): string | null =>
  path === null || canAccess(path, constants.X_OK)
    ? null
    : `${variable} ${path} is not a program that can be run`;

const within = (inner: string, outer: string): boolean => {
  const path = relative(outer, inner);
  return path === '' || (!path.startsWith('..') && !isAbsolute(path));
};

/** Where a path really lies, links followed, also when its last parts do not exist yet. */
const realPlace = (path: string): string => {
  const nearest = nearestExisting(path);
  return join(realpathSync(nearest), relative(nearest, path));
};

interface Place {
  readonly path: string;
  readonly place: string;
}

const nestedProblem = (inner: Place, outer: Place): string =>
  inner.place === outer.place
    ? `the music folder ${inner.path} is named twice`
    : `the music folder ${inner.path} lies inside the music folder ${outer.path}, so its tracks would appear twice`;

/** What the file system says against a configuration; changes nothing. */
export const findFileProblems = (config: Config): readonly string[] => {
  const dataPlace = realPlace(config.dataDir);
  const folders = config.music.map((folder) => ({ path: folder.path, place: realPlace(folder.path) }));
  const overlap = folders.find((folder) => within(dataPlace, folder.place));
  const nested = folders.flatMap((folder, index) => {
    const outer = folders.find(
      (other, at) =>
        at !== index && within(folder.place, other.place) && (folder.place !== other.place || at < index),
    );
    return outer === undefined ? [] : [nestedProblem(folder, outer)];
  });
  // Where there is a database, it says later whether an absent folder was scanned before: then its disk may only be away.
  const hasDatabase =
    config.databaseUrl !== null || existsSync(join(config.dataDir, 'postgres', 'cluster', 'PG_VERSION'));
  return [
    ...config.music.map((folder) =>
      folderProblem('the music folder', folder.path, hasDatabase || !folder.required),
    ),
    ...nested,
    overlap === undefined
      ? null
      : `the data folder lies inside the music folder ${overlap.path}, which is never written to`,
    dataProblem(config.dataDir),
    ...(config.tls === null ? [] : tlsProblems(config.tls)),
    programProblem('FFMPEG_PATH', config.ffmpegPath),
    programProblem('FFPROBE_PATH', config.ffprobePath),
  ].filter((problem) => problem !== null);
};

/**
 * Makes the data folder where it is missing, one level at a time: mkdir's own recursion never ends in a place like /proc.
 * @returns what takes it back, for a start that fails before anything is kept there. @throws Error of the system.
 */
export const makeDataFolder = (config: Config): (() => void) => {
  const made: string[] = [];
  const make = (path: string): void => {
    if (existsSync(path)) return;
    make(dirname(path));
    mkdirSync(path, { mode: 0o750 });
    made.push(path);
  };
  make(config.dataDir);
  return () => {
    const [first] = made;
    if (first !== undefined) rmSync(first, { recursive: true, force: true });
  };
};
