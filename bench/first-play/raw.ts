import { spawn } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { FfmpegTools } from '../../backend/dist/media/find-ffmpeg.js';
import { FRAGMENT_SECONDS, rungArgs, type Rung } from '../../backend/dist/media/ladder.js';
import type { TrackSource } from '../../backend/dist/transcode/source.repository.js';

export const argsOf = (rung: Rung, source: TrackSource): string[] =>
  rungArgs(rung, {
    sampleRateHz: source.sampleRateHz,
    channels: source.channels,
    bitDepth: source.lossless ? source.bitDepth : null,
    channelLayout: null,
  });

const exited = (program: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    );
  });

/** Wall milliseconds of ffmpeg alone: one segment's seconds from `fromSeconds` on, with the service's own arguments. */
export const rawSegment = async (
  tools: FfmpegTools,
  source: TrackSource,
  rung: Rung,
  fromSeconds: number,
): Promise<number> => {
  const start = performance.now();
  await exited(tools.ffmpegPath, [
    ...['-nostdin', '-v', 'error', ...(fromSeconds > 0 ? ['-ss', String(fromSeconds)] : [])],
    ...['-t', String(FRAGMENT_SECONDS), '-i', `file:${source.path.toString()}`],
    ...[...argsOf(rung, source), 'pipe:1'],
  ]);
  return performance.now() - start;
};

/** A whole rendition by an ffmpeg of its own. */
export const rawRendition = (
  tools: FfmpegTools,
  source: TrackSource,
  rung: Rung,
  target: string,
): Promise<void> =>
  exited(tools.ffmpegPath, [
    ...['-nostdin', '-v', 'error', '-y', '-i', `file:${source.path.toString()}`],
    ...[...argsOf(rung, source), target],
  ]);

/** What Node does with a file at its plainest: its length, a stream, a pipe. */
export const serveFile = async (
  path: string,
): Promise<{ readonly url: string; close(): Promise<unknown> }> => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'audio/mp4', 'content-length': statSync(path).size });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A listening TCP server has one.
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};
