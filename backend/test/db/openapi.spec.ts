import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpFront } from '../../src/http-front.js';
import { buildOpenApi } from '../../src/openapi.js';
import { createApi } from '../../src/server.js';
import { testConfig } from '../support/config.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const COMMITTED = join(import.meta.dirname, '../../openapi.json');

describe('the API document', () => {
  let test: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    test = await testDatabase();
    const config = testConfig();
    ({ app } = await createApi(config, test.url, new HttpFront(config)));
  });
  afterAll(async () => {
    await app.close();
    await test.close();
  });

  it('is the one that is committed; `npm run openapi` writes it anew', () => {
    const text = `${JSON.stringify(buildOpenApi(app), null, 2)}\n`;
    if (process.env['KANADE_WRITE_OPENAPI'] === '1') writeFileSync(COMMITTED, text);
    expect(readFileSync(COMMITTED, 'utf8')).toBe(text);
  });

  it('says of every route what it answers', () => {
    const silent = Object.entries(buildOpenApi(app).paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(
        ([method, operation]: [string, { responses?: Record<string, { content?: object }> }]) => {
          const answers = Object.entries(operation.responses ?? {});
          const told = answers.some(
            ([status, answer]) => answer.content !== undefined || status === '204' || status === '202',
          );
          return told ? [] : [`${method} ${path}`];
        },
      ),
    );
    // Streams of events and of bytes have no JSON shape.
    expect(silent.sort()).toEqual([
      'get /api/albums/{id}/download',
      'get /api/artwork/{id}',
      'get /api/events',
      'get /api/metrics',
      'get /api/playlists/{id}/download',
      'get /api/playlists/{id}/export',
      'get /api/tracks/{id}/download',
    ]);
  });
});
