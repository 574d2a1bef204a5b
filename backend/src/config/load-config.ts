import { isIP } from 'node:net';
import { delimiter, resolve } from 'node:path';
import { readArguments, type RawOptions } from './arguments.js';
import { LADDER_POLICIES, ROLES_OF_PROCESS, type Config } from './config.js';
import { findFileProblems } from './file-problems.js';
import { OPTIONS, helpText, type OptionName } from './options.js';

/** Everything that is wrong with the options, in one message. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Kanade cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Not an error: somebody asked for help. */
export class HelpRequested extends Error {
  constructor() {
    super(helpText());
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/**
 * The whole environment of a process, read once.
 * @throws ConfigError listing every problem; HelpRequested for --help.
 */
export const loadConfig = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Config => {
  const raw = readArguments(argv, env, delimiter);
  if (raw.help) throw new HelpRequested();
  const problems = [...raw.problems];
  const config = parse(raw, problems, cwd);
  problems.push(...findFileProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
};

const parse = (raw: RawOptions, problems: string[], cwd: string): Config => {
  const one = (name: OptionName): string | null => raw.values[name]?.[0] ?? null;
  const nameOf = (name: OptionName): string => {
    const { flag, variable } = OPTIONS[name];
    return flag === null ? variable : `--${flag}`;
  };
  const choice = <T extends string>(name: OptionName, choices: readonly T[], fallback: T): T => {
    const value = one(name) ?? fallback;
    const found = choices.find((candidate) => candidate === value);
    if (found === undefined) problems.push(`${nameOf(name)} is “${value}”; it can be ${choices.join(', ')}`);
    return found ?? fallback;
  };
  const path = (name: OptionName): string | null => {
    const value = one(name);
    return value === null ? null : resolve(cwd, value);
  };
  const pair = (first: OptionName, second: OptionName): void => {
    if ((one(first) === null) !== (one(second) === null))
      problems.push(`${nameOf(first)} and ${nameOf(second)} go together`);
  };
  pair('tlsCert', 'tlsKey');
  pair('adminUser', 'adminPassword');
  if (one('role') === 'worker' && one('databaseUrl') === null)
    problems.push('--role worker needs DATABASE_URL: the embedded Postgres belongs to the API process');

  const musicGiven = raw.values.music;
  const certPath = path('tlsCert');
  const keyPath = path('tlsKey');
  const username = one('adminUser');
  const password = one('adminPassword');
  return {
    role: choice('role', ROLES_OF_PROCESS, 'all'),
    music: (musicGiven ?? ['music']).map((folder) => ({
      path: resolve(cwd, folder),
      required: musicGiven !== undefined,
    })),
    dataDir: path('data') ?? resolve(cwd, 'data'),
    host: hostOf(one('host') ?? '127.0.0.1', problems),
    port: portOf(one('port') ?? '7700', nameOf('port'), problems),
    tls: certPath !== null && keyPath !== null ? { certPath, keyPath } : null,
    publicUrl: urlOf(one('publicUrl'), problems),
    trustedProxies: proxiesOf(one('trustedProxies'), problems),
    renditionQuotaBytes: sizeOf(one('renditionQuota'), nameOf('renditionQuota'), problems),
    ladder: choice('ladder', LADDER_POLICIES, 'smart'),
    segmentCacheBytes: megabytesOf(one('segmentCache') ?? '256', nameOf('segmentCache'), problems),
    admin: username !== null && password !== null ? adminOf(username, password, problems) : null,
    databaseUrl: databaseUrlOf(one('databaseUrl'), problems),
    ffmpegPath: path('ffmpegPath'),
    ffprobePath: path('ffprobePath'),
    logLevel: choice('logLevel', LOG_LEVELS, 'warn'),
  };
};

const SIZE_UNITS = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const;
const BINARY_UNITS = { KI: 2 ** 10, MI: 2 ** 20, GI: 2 ** 30, TI: 2 ** 40 } as const;
const UNITS: ReadonlyMap<string, number> = new Map(Object.entries({ ...SIZE_UNITS, ...BINARY_UNITS }));

/** Bytes, as people write them: 500M, 1.5 TB, 200GiB. */
const sizeOf = (text: string | null, name: string, problems: string[]): number | null => {
  if (text === null) return null;
  const [, digits, unit = ''] = /^(\d{1,15}(?:\.\d{1,3})?) ?([KMGT]?I?)B?$/.exec(text.toUpperCase()) ?? [];
  const factor = UNITS.get(unit);
  const bytes = digits === undefined || factor === undefined ? 0 : Math.floor(Number(digits) * factor);
  if (bytes >= 1) return bytes;
  problems.push(`${name} is “${text}”; it must be a size such as 500M, 200G or 1.5T`);
  return null;
};

const adminOf = (username: string, password: string, problems: string[]): Config['admin'] => {
  if (username.length > 64) problems.push('KANADE_ADMIN_USER has more than 64 characters');
  if (password.length < 8) problems.push('KANADE_ADMIN_PASSWORD has fewer than 8 characters');
  return { username, password };
};

const portOf = (text: string, name: string, problems: string[]): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) problems.push(`${name} is “${text}”; it must be a number from 0 to 65535`);
  return port;
};

const megabytesOf = (text: string, name: string, problems: string[]): number => {
  const megabytes = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (megabytes < 0) problems.push(`${name} is “${text}”; it must be a whole number of megabytes`);
  return megabytes * 2 ** 20;
};

const hostOf = (text: string, problems: string[]): string => {
  if (isIP(text) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text))
    problems.push(`--host is “${text}”, which is no address`);
  return text;
};

const urlOf = (text: string | null, problems: string[]): URL | null => {
  if (text === null) return null;
  const url = URL.parse(text);
  const right = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  if (!right) problems.push(`KANADE_PUBLIC_URL is “${text}”; it must look like https://music.example.org`);
  return right ? url : null;
};

const databaseUrlOf = (text: string | null, problems: string[]): string | null => {
  if (text === null) return null;
  const protocol = URL.parse(text)?.protocol;
  // The value may hold a password, so it is not repeated.
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text;
  problems.push('DATABASE_URL must look like postgres://user:password@host:5432/database');
  return null;
};

const proxiesOf = (text: string | null, problems: string[]): readonly string[] => {
  const list = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    const validBits =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
    if (family === 0 || !validBits)
      problems.push(`KANADE_TRUSTED_PROXIES names “${entry}”, which is no address or CIDR block`);
  }
  return list;
};

/** The configuration of this process, from its own command line and environment. */
export const loadProcessConfig = (argv: readonly string[] = process.argv.slice(2)): Config =>
  loadConfig(argv, process.env, process.cwd());

/** What a worker started by this process is told: the same options, and the database that this process opened. */
export const workerEnvironment = (databaseUrl: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATABASE_URL: databaseUrl,
});
