import './lib/require-node.mjs';
import { join } from 'node:path';
import { foreground } from './lib/children.mjs';
import { ROOT } from './lib/paths.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { ready } from './lib/setup.mjs';
import { main } from './lib/words.mjs';

/** Every page of the built server as a picture, under docs/screenshots. */
await main(async () => {
  const node = await ready();
  const program = join(ROOT, 'frontend/screenshots/take.mjs');
  return foreground(node, [program, ...process.argv.slice(2)], { env: runtimeEnv(node) });
});
