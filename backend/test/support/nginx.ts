import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEPLOY = join(import.meta.dirname, '../../../deploy/nginx');
const MODULES = ['ndk_http_module', 'ngx_http_lua_module'].map((name) => `/usr/lib/nginx/modules/${name}.so`);

/** Why nginx cannot be tested here, or null. */
export const nginxMissing = (): string | null => {
  if (spawnSync('nginx', ['-v']).error !== undefined) return 'nginx is not installed';
  return MODULES.every((file) => existsSync(file)) ? null : 'nginx has no Lua module (libnginx-mod-http-lua)';
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // A listening TCP server has one.
      probe.close(() => resolve(port));
    });
  });

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

/** The real nginx with the configuration of deploy/nginx, on a port of its own, before an origin that counts. */
export class TestNginx {
  private constructor(
    readonly origin: string,
    readonly folder: string,
    readonly asked: string[],
    private readonly stopAll: () => Promise<void>,
  ) {}

  /** The origin answers each path with `body`, after a pause in which others can ask for the same. */
  static async start(keyLine: string, body: (path: string) => Buffer, pauseMs: number): Promise<TestNginx> {
    const folder = await mkdtemp(join(tmpdir(), 'kanade-nginx-'));
    const asked: string[] = [];
    const origin = createServer((request, response) => {
      const path = request.url?.split('?')[0] ?? '';
      asked.push(path);
      setTimeout(() => {
        const bytes = body(path);
        response.writeHead(200, {
          'content-type': 'audio/mp4',
          'content-length': bytes.length,
          'cache-control': 'public, max-age=31536000, immutable',
        });
        response.end(bytes);
      }, pauseMs);
    });
    await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
    const { port: originPort } = origin.address() as AddressInfo; // A listening TCP server has one.
    const port = await freePort();
    const words: Readonly<Record<string, string>> = {
      ORIGIN_ADDRESS: `127.0.0.1:${originPort}`,
      LISTEN_ADDRESS: `127.0.0.1:${port}`,
      CACHE_FOLDER: join(folder, 'cache'),
      KEY_FILE: join(folder, 'key'),
      REVOKED_FILE: join(folder, 'revoked'),
      SCRIPT_FOLDER: DEPLOY,
    };
    const template = (await readFile(join(DEPLOY, 'kanade.conf'), 'utf8')).replace(/^#.*\n/gm, '');
    const site = Object.entries(words).reduce(
      (text, [word, value]) => text.replaceAll(word, value),
      template,
    );
    const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/tmp-${name};`,
    );
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'key'), `${keyLine}\n`);
    await writeFile(join(folder, 'revoked'), '');
    await writeFile(
      join(folder, 'nginx.conf'),
      `${MODULES.map((file) => `load_module ${file};`).join(' ')} pcre_jit on; daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log warn;
       events { worker_connections 512; }
       http { access_log off; ${scratch.join(' ')}\n${site}\n}\n`,
    );
    const child = spawn(
      'nginx',
      ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    while (!(await listens(port))) {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new TestNginx(`http://127.0.0.1:${port}`, folder, asked, async () => {
      child.kill('SIGTERM');
      await ended;
      origin.closeAllConnections();
      await new Promise((resolve) => origin.close(resolve));
      await rm(folder, { recursive: true });
    });
  }

  get(path: string): Promise<Response> {
    return fetch(this.origin + path);
  }

  close(): Promise<void> {
    return this.stopAll();
  }
}
