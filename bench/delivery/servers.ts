import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
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
export const startNode = async (program: string, args: readonly string[]): Promise<TestedServer> => {
  const child = fork(join(import.meta.dirname, program), args, {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const stop = stopper(child);
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return { pid: child.pid ?? 0, port, stop };
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

/** The anchor: one nginx process, sendfile and open_file_cache, no log. @throws where nginx is not installed */
export const startNginx = async (scratch: string, files: string): Promise<TestedServer> => {
  const port = await freePort();
  const folder = join(scratch, 'nginx');
  mkdirSync(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log warn;
     worker_rlimit_nofile 40000; events { worker_connections 19000; }
     http { ${temporary.join(' ')}
       access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 120;
       open_file_cache max=10000 inactive=120s; open_file_cache_valid 60s; types { audio/mp4 m4s; }
       server { listen 127.0.0.1:${port} backlog=4096; root ${files}; } }\n`,
  );
  const child = spawn(
    'nginx',
    ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
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
