import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenFiles } from './open-files.js';
import { ListenerGone, sendBytes } from './send-bytes.js';

const FILES = 24;
const lengthOf = (index: number): number => 100_000 + index * 40_000;

/** Each file is one byte over and over, so that a byte of another file is seen at once. */
const isOnly = (bytes: Buffer, value: number): boolean => bytes.every((byte) => byte === value);

describe('sending parts of files', () => {
  let folder: string;
  let files: OpenFiles;
  let server: Server;
  let failures: unknown[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kanade-send-'));
    for (let index = 0; index < FILES; index++)
      await writeFile(join(folder, String(index)), Buffer.alloc(lengthOf(index), index));
    // Far fewer stay open than are asked for: descriptors come, go and are given to other files all the time.
    files = new OpenFiles(3);
    failures = [];
    server = createServer((request, response) => {
      const index = Number(request.url?.slice(1));
      files
        .use(join(folder, String(index)), async (handle) => {
          response.writeHead(200, { 'content-length': lengthOf(index) });
          await sendBytes(response, handle, 0, lengthOf(index));
        })
        .catch((error: unknown) => {
          if (!(error instanceof ListenerGone)) failures.push(error);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await files.close();
    await rm(folder, { recursive: true });
  });

  /** Some leave after the first bytes; the others hear everything. */
  const listen = (index: number, leaves: boolean): Promise<Buffer | null> =>
    new Promise((resolve, reject) => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      get({ port, host: '127.0.0.1', path: `/${index}`, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => {
          parts.push(part);
          if (!leaves) return;
          response.destroy();
          resolve(null);
        });
        response.on('end', () => resolve(Buffer.concat(parts)));
        response.on('error', reject);
      }).on('error', reject);
    });

  it('mixes up no bytes while files are closed, opened and left in the middle', async () => {
    for (let round = 0; round < 3; round++) {
      const bodies = await Promise.all(
        Array.from({ length: FILES * 3 }, (_, index) => listen(index % FILES, index % 5 === round)),
      );
      for (const [at, body] of bodies.entries()) {
        if (body === null) continue;
        expect(body.length).toBe(lengthOf(at % FILES));
        expect(isOnly(body, at % FILES)).toBe(true);
      }
    }
    expect(failures).toEqual([]);
  });
});
