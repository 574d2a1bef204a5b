import './lib/require-node.mjs';
import { join } from 'node:path';
import { foreground } from './lib/children.mjs';
import { ROOT } from './lib/paths.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { ready } from './lib/setup.mjs';
import { main } from './lib/words.mjs';

await main(async () => {
  const node = await ready();
  return foreground(node, [join(ROOT, 'ml/dist/evaluate/main.js'), ...process.argv.slice(2)], {
    env: runtimeEnv(node),
  });
});
