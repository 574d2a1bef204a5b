import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { errorCode } from '../common/error-code.js';
import { connectWhenUp, isStarting } from './connect-when-up.js';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { postgresOwner, runAsOwner, type Owner } from './postgres-owner.js';
import { isPostmaster, parsePostmasterPid, type Postmaster } from './postmaster.js';
import { memoryBytes, sharedBuffersMb } from './shared-buffers.js';

export interface EmbeddedPostgres {
  readonly url: string;
  readonly attached: boolean;
  stop(): Promise<void>;
}

/** The builtin locale sorts alike on every system. The character types come from the system: see CTYPES. */
const INITDB_FLAGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--username=kanade',
];

/** pg_trgm asks the system what a letter is: under plain C, Japanese and Cyrillic have no trigrams at all. The first that exists is taken. */
const CTYPES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'C'];

const SERVER_FLAGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'jit=off',
  'max_connections=80',
  'log_min_messages=warning',
];

const clusterOf = (dataDir: string): string => join(dataDir, 'postgres', 'cluster');

export const hasCluster = (dataDir: string): boolean => existsSync(join(clusterOf(dataDir), 'PG_VERSION'));

/** Starts that meet: another one's came first, or what was found running died; the next look tells. */
const LOOKS = 5;

/**
 * Starts the Postgres of a data folder, or takes over the one that a killed parent left running there (or starting).
 * With `samePort` it is one that died and that others still look for at its old address.
 * @throws Error with the tail of the server's log.
 */
export const startEmbeddedPostgres = async (
  dataDir: string,
  samePort?: number,
): Promise<EmbeddedPostgres> => {
  const home = join(dataDir, 'postgres');
  const cluster = clusterOf(dataDir);
  const passwordFile = join(home, 'password');
  const binaries = findPostgresBinaries();
  const owner = await postgresOwner();
  mkdirSync(home, { recursive: true, mode: 0o755 });
  if (!hasCluster(dataDir)) await initialise(binaries, owner, cluster, passwordFile);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const { port, attached } = await look(
    cluster,
    samePort,
    password,
    (at) => start(binaries, owner, cluster, join(home, 'server.log'), at),
    LOOKS,
  );
  return {
    url: urlOf(port, password, 'kanade'),
    attached,
    stop: () =>
      runAsOwner(owner, [cluster, dirname(binaries.pgCtl)], binaries.pgCtl, [
        ...['stop', '-D', cluster],
        ...['-m', 'fast', '-w', '-t', '30'],
      ]),
  };
};

/** The server that runs there, once it answers; else one that `begin` starts. */
const look = async (
  cluster: string,
  samePort: number | undefined,
  password: string,
  begin: (port: number) => Promise<void>,
  looks: number,
): Promise<{ readonly port: number; readonly attached: boolean }> => {
  const running = findRunning(cluster);
  if (running !== null && samePort !== undefined && running.port !== samePort)
    throw new Error(`Postgres runs at port ${running.port} for somebody else, not at ${samePort}`);
  const port = running?.port ?? samePort ?? (await freePort());
  const stillThere = (): boolean => findRunning(cluster)?.pid === running?.pid;
  try {
    if (running === null) await begin(port);
    await makeDatabase(port, password, (error) => isStarting(error) || (isRefused(error) && stillThere()));
  } catch (error) {
    if (looks > 1 && !stillThere()) return look(cluster, samePort, password, begin, looks - 1);
    throw error;
  }
  return { port, attached: running !== null };
};

const isRefused = (error: unknown): boolean => errorCode(error) === 'ECONNREFUSED';

const urlOf = (port: number, password: string, database: string): string =>
  `postgres://kanade:${password}@127.0.0.1:${port}/${database}`;

const initialise = async (
  binaries: PostgresBinaries,
  owner: Owner | null,
  cluster: string,
  passwordFile: string,
): Promise<void> => {
  // A killed first start leaves half a cluster, which nobody has used yet.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (owner !== null) {
    chownSync(cluster, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  try {
    await initdb(binaries, owner, cluster, passwordFile, CTYPES);
  } catch (cause) {
    rmSync(cluster, { recursive: true, force: true });
    throw new Error(`Postgres could not be set up in ${cluster}: ${reasonOf(cause)}`, {
      cause,
    });
  }
};

const initdb = async (
  binaries: PostgresBinaries,
  owner: Owner | null,
  cluster: string,
  passwordFile: string,
  [ctype, ...others]: readonly string[],
): Promise<void> => {
  const flags = [`--pgdata=${cluster}`, `--pwfile=${passwordFile}`, `--lc-ctype=${ctype}`, ...INITDB_FLAGS];
  try {
    await runAsOwner(owner, [cluster, dirname(binaries.initdb)], binaries.initdb, flags);
  } catch (error) {
    if (others.length === 0 || !/invalid locale/.test(reasonOf(error))) throw error;
    await initdb(binaries, owner, cluster, passwordFile, others);
  }
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return (stderr === '' ? error.message : stderr).split('\n').slice(-3).join(' ');
};

const findRunning = (cluster: string): Postmaster | null => {
  const pidFile = join(cluster, 'postmaster.pid');
  const postmaster = existsSync(pidFile) ? parsePostmasterPid(readFileSync(pidFile, 'utf8')) : null;
  if (postmaster === null) return null;
  if (isPostmaster(postmaster.pid)) return postmaster;
  // Where nobody reaps the dead (a container without an init), Postgres takes a killed one for a living one.
  rmSync(pidFile, { force: true });
  return null;
};

const start = async (
  binaries: PostgresBinaries,
  owner: Owner | null,
  cluster: string,
  logFile: string,
  port: number,
): Promise<void> => {
  if (!existsSync(logFile)) writeFileSync(logFile, '');
  if (owner !== null) chownSync(logFile, owner.uid, owner.gid);
  const flags = [...SERVER_FLAGS, `shared_buffers=${sharedBuffersMb(memoryBytes())}MB`, `port=${port}`]
    .map((flag) => `-c ${flag}`)
    .join(' ');
  try {
    await runAsOwner(owner, [cluster, dirname(binaries.pgCtl)], binaries.pgCtl, [
      'start',
      '-D',
      cluster,
      '-l',
      logFile,
      '-w',
      '-t',
      '60',
      '-o',
      flags,
    ]);
  } catch (cause) {
    const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' ');
    throw new Error(`Postgres did not start: ${tail}`, { cause });
  }
};

/** Below 32768, so that no outgoing connection takes it between the look and the start. */
const freePort = async (): Promise<number> => {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
};

/** What says that somebody else makes it in this moment. */
const MADE_ELSEWHERE = ['42P04', '23505'];

const makeDatabase = async (
  port: number,
  password: string,
  isComing: (error: unknown) => boolean,
): Promise<void> => {
  const client = await connectWhenUp(urlOf(port, password, 'postgres'), isComing);
  try {
    const found = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'kanade'`);
    if (found.rowCount === 0) await client.query('CREATE DATABASE kanade');
  } catch (error) {
    if (!MADE_ELSEWHERE.includes(errorCode(error) ?? '')) throw error;
  } finally {
    await client.end();
  }
};
