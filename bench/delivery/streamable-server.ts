import { Controller, Get, Module, Param, StreamableFile } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

/** The anchor: a segment as the framework's own manual sends a file. Argument: the folder. */
const [folder = ''] = process.argv.slice(2);

class Segments {
  send(track: string, name: string): StreamableFile {
    return new StreamableFile(createReadStream(join(folder, track, name)), { type: 'audio/mp4' });
  }
}
class Root {}

// Decorators called by hand: Node takes types away, and decorators are more than types.
Controller()(Segments);
Get(':track/:name')(
  Segments.prototype,
  'send',
  Object.getOwnPropertyDescriptor(Segments.prototype, 'send') ?? {},
);
Param('track')(Segments.prototype, 'send', 0);
Param('name')(Segments.prototype, 'send', 1);
Module({ controllers: [Segments] })(Root);

const app = await NestFactory.create(Root, new FastifyAdapter({ keepAliveTimeout: 120_000 }), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit(0));
process.send?.(Number(new URL(await app.getUrl()).port));
