import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

it('the page knows the API by types made from the committed document; `npm run openapi` makes them anew', () => {
  const program = join(ROOT, 'frontend/node_modules/openapi-typescript/bin/cli.js');
  const made = spawnSync(process.execPath, [program, 'backend/openapi.json'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: '' },
  });
  expect(made.status).toBe(0);
  expect(readFileSync(join(ROOT, 'frontend/src/api/types.ts'), 'utf8').trim()).toBe(made.stdout.trim());
});
