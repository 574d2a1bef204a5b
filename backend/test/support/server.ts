import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const START_LIMIT_MS = 180_000;

/** The real server, in a process of its own, as `npm start` runs it. */
export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  readonly output: () => string;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing in it gets to run. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  readonly music: readonly string[];
  readonly data: string;
  readonly port?: number;
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `kanade-${name}-`));

export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });

/** For a server whose printed address is not its own; elsewhere port 0 is surer. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const launch = (options: ServerOptions): { readonly child: ChildProcess; readonly output: () => string } => {
  const flags = [
    ...options.music.flatMap((folder) => ['--music', folder]),
    '--data',
    options.data,
    '--port',
    String(options.port ?? 0),
    ...(options.arguments ?? []),
  ];
  // Jest's own options are not the server's.
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [MAIN, ...flags], {
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // A suite that is interrupted or fails may leave the server to nobody: then it must not keep Jest from ending, and
  // ends with it, and takes its own children along. Of a worker that Jest kills, the closed channel tells.
  child.unref();
  child.channel?.unref();
  for (const pipe of [child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref();
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text };
};

/** @throws Error with what the server printed, when it ends before it is ready. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const { child, output } = launch(options);
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`not ready in time:\n${output()}`)), START_LIMIT_MS);
    const look = (): void => {
      const match = /Kanade is ready at (\S+)/.exec(output());
      if (match?.[1] === undefined) return;
      clearTimeout(limit);
      resolve(match[1]);
    };
    child.stdout?.on('data', look);
    child.once('exit', () => {
      clearTimeout(limit);
      reject(new Error(`the server ended:\n${output()}`));
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  return {
    url,
    pid: child.pid ?? 0,
    output,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
};

/** For starts that must fail: what it printed, and its exit code. */
export const runToEnd = async (
  options: ServerOptions,
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const { child, output } = launch(options);
  await once(child, 'exit');
  return { code: child.exitCode, output: output() };
};
