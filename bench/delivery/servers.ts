import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

/** A server under test: a process of its own. */
export interface TestedServer {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

const stopper = (child: ChildProcess): (() => Promise<void>) => {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return () => {
    child.kill('SIGTERM');
    return ended;
  };
};

/** A Node program beside this file, which tells its port when it listens. */
export const startNode = async (
  program: string,
  args: readonly string[],
  execArgv: readonly string[] = [],
): Promise<TestedServer> => {
  const child = fork(join(import.meta.dirname, program), args, {
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: [...execArgv],
  });
  const stop = stopper(child);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return { pid: child.pid ?? 0, port, stop };
};

/** An origin for a caching proxy, and how often it was asked. */
export const startCountingOrigin = async (
  bytes: number,
): Promise<TestedServer & { asked(): Promise<number> }> => {
  const child = fork(join(import.meta.dirname, 'counting-origin.ts'), [String(bytes)]);
  const told = (): Promise<number> =>
    new Promise((resolve) => child.once('message', (value) => resolve(Number(value))));
  const stop = stopper(child);
  const asked = (): Promise<number> => {
    child.send('how many?');
    return told();
  };
  return { pid: child.pid ?? 0, port: await told(), stop, asked };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

/** One nginx process without a log, of this configuration inside `http`. @throws where nginx is not installed */
const runNginx = async (
  folder: string,
  port: number,
  before: string,
  http: string,
): Promise<TestedServer> => {
  mkdirSync(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `${before} daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log warn;
     worker_rlimit_nofile 40000; events { worker_connections 19000; }
     http { ${temporary.join(' ')} access_log off; keepalive_requests 1000000000; ${http} }\n`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`nginx ended with ${code}`)));
  });
  failed.catch(() => undefined);
  const stop = stopper(child);
  while (!(await Promise.race([listens(port), failed])))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return { pid: child.pid ?? 0, port, stop };
};

/** The anchor: sendfile and open_file_cache. */
export const startNginx = async (scratch: string, files: string): Promise<TestedServer> => {
  const port = await freePort();
  return runNginx(
    join(scratch, 'nginx'),
    port,
    '',
    `sendfile on; tcp_nopush on; keepalive_timeout 120;
     open_file_cache max=10000 inactive=120s; open_file_cache_valid 60s; types { audio/mp4 m4s; }
     server { listen 127.0.0.1:${port} backlog=4096; root ${files}; }`,
  );
};

const DEPLOY = join(import.meta.dirname, '../../deploy/nginx');
const MODULES = ['ndk_http_module', 'ngx_http_lua_module'].map((name) => `/usr/lib/nginx/modules/${name}.so`);

/** As deploy/nginx has it: the signature checked in it, segments from its cache, in front of an origin. */
export const startKanadeNginx = async (
  scratch: string,
  originPort: number,
  secret: Buffer,
): Promise<TestedServer> => {
  const port = await freePort();
  const folder = join(scratch, 'kanade-nginx');
  mkdirSync(folder, { recursive: true });
  const words: Readonly<Record<string, string>> = {
    ORIGIN_ADDRESS: `127.0.0.1:${originPort}`,
    LISTEN_ADDRESS: `127.0.0.1:${port} backlog=4096`,
    CACHE_FOLDER: join(folder, 'cache'),
    KEY_FILE: join(folder, 'key'),
    REVOKED_FILE: join(folder, 'revoked'),
    SCRIPT_FOLDER: DEPLOY,
  };
  writeFileSync(join(folder, 'key'), `${secret.toString('hex')}\n`);
  writeFileSync(join(folder, 'revoked'), '');
  const template = readFileSync(join(DEPLOY, 'kanade.conf'), 'utf8').replace(/^#.*\n/gm, '');
  const site = Object.entries(words).reduce((text, [word, value]) => text.replaceAll(word, value), template);
  return runNginx(
    folder,
    port,
    `${MODULES.map((file) => `load_module ${file};`).join(' ')} pcre_jit on;`,
    site,
  );
};
