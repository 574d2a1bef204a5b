import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BUILD } from './paths.mjs';
import { Interrupted, Trouble } from './words.mjs';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** How much of a failed command's output is shown; the log file has all of it. */
const TAIL_LINES = 60;

const ORPHAN_CHECK_MS = 1000;

/** Pure: what a shell would report for this ending. */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a child in the foreground until it ends and answers its exit code. Each stop signal is passed on once: a
 * second one is the person's impatience, which a child that is already stopping should not have to interpret.
 * With `ownGroup` the terminal's Ctrl+C reaches the child only through here, so it too arrives exactly once.
 * `guarded` gives the child an IPC channel: when this process dies by any means, the channel closes and the
 * child can stop by itself.
 */
export async function foreground(command, args, { env, cwd, ownGroup = false, guarded = false } = {}) {
  const child = spawn(command, args, {
    env,
    cwd,
    stdio: guarded ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    detached: ownGroup && process.platform !== 'win32',
  });
  const forward = STOP_SIGNALS.map((signal) => [signal, onceOnly(() => child.kill(signal))]);
  for (const [signal, pass] of forward) process.on(signal, pass);
  const watch = guarded ? whenNpmIsGone(onceOnly(() => child.kill('SIGTERM'))) : undefined;
  try {
    return await ended(child, command);
  } finally {
    clearInterval(watch);
    for (const [signal, pass] of forward) process.off(signal, pass);
  }
}

/** Long enough for an installer to put its things down. */
const STOP_LIMIT_MS = 4000;

const GUARD = new URL('./die-with-parent.mjs', import.meta.url).href;
const isNode = (command) => /^node(\.exe)?$/.test(basename(command));

/**
 * Runs a child whose output nobody wants to see unless it fails: to a log file, the end of it shown on failure.
 * It ends when this process ends, and this process waits for that, so that a lock around it holds as long as it.
 */
export async function quietly(name, command, args, { env, cwd, timeoutMs } = {}) {
  const logFile = join(BUILD, 'logs', `${name}.log`);
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, 'w');
  try {
    const guarded = isNode(command);
    const child = spawn(command, guarded ? ['--import', GUARD, ...args] : args, {
      env,
      cwd,
      timeout: timeoutMs,
      stdio: ['ignore', log.fd, log.fd, ...(guarded ? ['ipc'] : [])],
      detached: process.platform !== 'win32',
    });
    const code = await stoppable(child, ended(child, command));
    if (code === 0) return;
  } finally {
    await log.close();
  }
  const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  throw new Trouble(
    `${tail}\n\nThis command failed: ${[command, ...args].join(' ')}\nIts whole output: ${logFile}`,
  );
}

/** Ends the child, with all it started, when this process is asked to stop; the wait then ends as interrupted. */
async function stoppable(child, end) {
  let interrupted;
  let force;
  const stop = (signal) => {
    interrupted = signal;
    killGroup(child, signal);
    force ??= setTimeout(() => killGroup(child, 'SIGKILL'), STOP_LIMIT_MS);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  try {
    const code = await end;
    if (interrupted !== undefined) throw new Interrupted(exitCodeOf(null, interrupted));
    return code;
  } finally {
    clearTimeout(force);
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  }
}

function killGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** npm itself may be killed without a signal to its child; a shell that ends, as behind nohup, is no reason to stop. */
function whenNpmIsGone(act) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && act(), ORPHAN_CHECK_MS).unref();
}

function ended(child, command) {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(new Trouble(`${command} could not be run: ${cause.message}`)));
    child.once('exit', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

function onceOnly(work) {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
