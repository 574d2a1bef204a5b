import { createServer } from 'node:http';

/** An origin that counts what it is asked: every path has its own bytes. Arguments: bytes of each answer. */
const body = Buffer.alloc(Number(process.argv[2]), 7);
let asked = 0;

const server = createServer((_request, response) => {
  asked += 1;
  response.writeHead(200, {
    'content-type': 'audio/mp4',
    'content-length': body.length,
    'cache-control': 'public, max-age=31536000, immutable',
  });
  response.end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
process.on('message', () => process.send?.(asked));
process.on('disconnect', () => process.exit(0));
