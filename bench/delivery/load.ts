import { execFile, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SteadyResult } from './listeners.ts';
import { cpuSeconds, endedChildrenSeconds, residentBytes } from './proc.ts';
import type { TestedServer } from './servers.ts';

const run = promisify(execFile);

export interface Load {
  readonly requests: number;
  readonly failed: number;
  readonly microsecondsARequest: number;
  readonly requestsASecond: number;
  /** Share of a core that each side used: the server is the bottleneck where its own is near 1. */
  readonly serverCores: number;
  readonly generatorCores: number;
  readonly generatorMicroseconds: number;
}

/** As fast as it goes, by wrk: one thread, 32 connections, the paths by turns. */
export const fullLoad = async (
  server: TestedServer,
  pathsFile: string,
  seconds: number,
  scratch: string,
): Promise<Load> => {
  const script = join(scratch, 'paths.lua');
  writeFileSync(
    script,
    `local paths, at = {}, 0
     for line in io.lines("${pathsFile}") do paths[#paths + 1] = line end
     request = function() at = at % #paths + 1 return wrk.format("GET", paths[at]) end
     done = function(summary) local e = summary.errors
       io.write(string.format("\\nRESULT %d %d %d\\n", summary.requests, summary.duration,
         e.status + e.connect + e.read + e.write + e.timeout)) end\n`,
  );
  const [before, generatorBefore] = [cpuSeconds(server.pid), endedChildrenSeconds()];
  const { stdout } = await run('wrk', [
    '-t1',
    '-c32',
    `-d${seconds}s`,
    '-s',
    script,
    `http://127.0.0.1:${server.port}`,
  ]);
  const spent = cpuSeconds(server.pid) - before;
  const generator = endedChildrenSeconds() - generatorBefore;
  const [, requests = Number.NaN, microseconds = Number.NaN, failed = Number.NaN] =
    /RESULT (\d+) (\d+) (\d+)/.exec(stdout)?.map(Number) ?? [];
  const duration = microseconds / 1e6;
  return {
    requests,
    failed,
    microsecondsARequest: (spent * 1e6) / requests,
    requestsASecond: requests / duration,
    serverCores: spent / duration,
    generatorCores: generator / duration,
    generatorMicroseconds: (generator * 1e6) / requests,
  };
};

export interface Steady extends SteadyResult {
  readonly serverCores: number;
  readonly residentBytes: number;
}

export interface Pace {
  readonly listeners: number;
  readonly seconds: number;
  readonly periodMs: number;
}

/** Listeners at their own pace. */
export const steadyListeners = async (
  server: TestedServer,
  pathsFile: string,
  { listeners, seconds, periodMs }: Pace,
): Promise<Steady> => {
  const args = [server.port, listeners, seconds, periodMs, pathsFile].map(String);
  const child = fork(join(import.meta.dirname, 'listeners.ts'), args);
  let before = Number.NaN;
  const result = await new Promise<SteadyResult>((resolve, reject) => {
    child.on('message', (message: 'measuring' | SteadyResult) => {
      if (message === 'measuring') before = cpuSeconds(server.pid);
      else resolve(message);
    });
    child.once('exit', (code) => reject(new Error(`the listeners ended with ${code}`)));
  });
  return {
    ...result,
    serverCores: (cpuSeconds(server.pid) - before) / seconds,
    residentBytes: residentBytes(server.pid),
  };
};
