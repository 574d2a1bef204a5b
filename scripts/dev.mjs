import './lib/require-node.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { forget, PARTS } from './lib/build.mjs';
import { ROOT } from './lib/paths.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { serverCommand } from './lib/server.mjs';
import { ready, rebuild } from './lib/setup.mjs';
import { compilerErrors, oneAtATime, watchFolders } from './lib/watch.mjs';
import { main, say, Trouble } from './lib/words.mjs';

const [SERVER, PAGES] = ['server', 'pages'].map((part) => PARTS.find(({ name }) => name === part));
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** The server as it was last built; a new one starts when the old one has let go of port and database. */
function supervise(node, args) {
  let child;
  let stopping = false;
  const stop = async (signal = 'SIGTERM') => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const restart = oneAtATime(async () => {
    await stop();
    if (stopping) return;
    child = spawn(node, serverCommand(args), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: runtimeEnv(node),
      detached: process.platform !== 'win32',
    });
  });
  return {
    restart,
    end: () => {
      stopping = true;
      return stop();
    },
  };
}

async function rebuildPages(node, restart) {
  try {
    await rebuild(node, [PAGES]);
    // The server reads the pages' script hashes once, at its start.
    await restart();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.error(error.message);
  }
}

await main(async () => {
  const node = await ready();
  const server = supervise(node, process.argv.slice(2));
  await forget(SERVER);
  const compiler = spawn(node, [TSC, '-b', '--watch', '--preserveWatchOutput'], {
    cwd: ROOT,
    env: runtimeEnv(node),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: compiler.stdout }).on('line', (line) => {
    const errors = compilerErrors(line);
    // Quiet rounds are not worth a line; errors are, with the code they point at.
    if (errors !== 0 && !/compilation/.test(line) && line.trim() !== '') say(line);
    if (errors === 0) void server.restart();
  });
  const pages = oneAtATime(() => rebuildPages(node, server.restart));
  const unwatch = watchFolders([join(ROOT, 'frontend/src')], () => void pages());
  say(
    'Watching: the server restarts when its sources compile, the pages are built again when theirs change.',
  );

  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal));
  await Promise.race([...signals, once(compiler, 'exit')]);
  unwatch();
  compiler.kill();
  await server.end();
  process.exit(0);
});
