import { X509Certificate, createPrivateKey } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** What the file system says against a configuration; changes nothing. */
export const findFileProblems = (config: Config): readonly string[] => {
  const overlap = config.music.find((folder) => within(config.dataDir, folder.path));
  const twice = config.music.filter(
    (folder, index) => config.music.findIndex((other) => other.path === folder.path) !== index,
  );
  // Where there is a database, it says later whether an absent folder was scanned before: then its disk may only be away.
  const hasDatabase =
    config.databaseUrl !== null || existsSync(join(config.dataDir, 'postgres', 'cluster', 'PG_VERSION'));
  return [
    ...config.music.map((folder) =>
      folderProblem('the music folder', folder.path, hasDatabase || !folder.required),
    ),
    ...twice.map((folder) => `the music folder ${folder.path} is named twice`),
    overlap === undefined
      ? null
      : `the data folder lies inside the music folder ${overlap.path}, which is never written to`,
    dataProblem(config.dataDir),
    ...(config.tls === null ? [] : tlsProblems(config.tls)),
    programProblem('FFMPEG_PATH', config.ffmpegPath),
    programProblem('FFPROBE_PATH', config.ffprobePath),
  ].filter((problem) => problem !== null);
};

/** @throws when the folder cannot be made. */
export const makeDataFolder = (config: Config): void => {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o750 });
};
