import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beginScriptsAfterPaint } from './after-paint.mjs';
import { writeCspHashes } from './csp-hashes.mjs';
import { writeServiceWorker } from './service-worker.mjs';

/**
 * `next build`, then what of its pages begins when, the hashes of what they hold, and the service worker that keeps them.
 * A script of its own, so that no shell syntax decides how it runs.
 */
const workspace = join(import.meta.dirname, '..');
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const build = spawnSync(process.execPath, [next, 'build'], {
  cwd: workspace,
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
if (build.status !== 0) process.exit(build.status ?? 1);

const outDir = join(workspace, 'out');
await beginScriptsAfterPaint(outDir);
const hashes = await writeCspHashes(outDir);
console.log(`csp.json: ${hashes.length} inline scripts`);
const kept = await writeServiceWorker(workspace, outDir);
console.log(`sw.js: keeps ${kept.length} files`);
