import { openSync, read, readFileSync, readdirSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';

/**
 * The least that Node's http costs: no signature, no rows, two headers. Arguments: the folder, and whether its segments
 * lie in memory or are read asynchronously from files that stay open.
 */
const [folder = '', place = 'memory'] = process.argv.slice(2);

const paths = readdirSync(folder).flatMap((track) =>
  readdirSync(join(folder, track)).map((name) => `/${track}/${name}`),
);
const send = (response: ServerResponse, bytes: Uint8Array): void => {
  response.writeHead(200, ['content-type', 'audio/mp4', 'content-length', String(bytes.length)]);
  response.end(bytes);
};

const fromMemory = (): ((path: string, response: ServerResponse) => void) => {
  const bytes = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
  return (path, response) => send(response, bytes.get(path) ?? Buffer.alloc(0));
};

const fromFiles = (): ((path: string, response: ServerResponse) => void) => {
  const files = new Map(paths.map((path) => [path, openSync(join(folder, path), 'r')]));
  const free: Buffer[] = [];
  return (path, response) => {
    const buffer = free.pop() ?? Buffer.allocUnsafeSlow(1 << 18);
    read(files.get(path) ?? -1, buffer, 0, buffer.length, 0, (error, length) => {
      if (error !== null) throw error;
      response.once('close', () => free.push(buffer));
      send(response, buffer.subarray(0, length));
    });
  };
};

const answer = place === 'memory' ? fromMemory() : fromFiles();
const server = createServer((request, response) => answer(request.url ?? '', response));
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
process.on('disconnect', () => process.exit(0));
