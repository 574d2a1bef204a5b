import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Writes backend/openapi.json from the running routes, and the page's types from it. */
const root = join(import.meta.dirname, '..');
const run = (script, args, env = {}) =>
  spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  }).status ?? 1;

const failed =
  run('scripts/jest.mjs', ['--selectProjects', 'db', '--testPathPatterns', 'openapi'], {
    KANADE_WRITE_OPENAPI: '1',
  }) ||
  run('frontend/node_modules/openapi-typescript/bin/cli.js', [
    'backend/openapi.json',
    '-o',
    'frontend/src/api/types.ts',
  ]);
process.exit(failed);
