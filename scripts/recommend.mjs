import './lib/require-node.mjs';
import { foreground } from './lib/children.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { serverCommand } from './lib/server.mjs';
import { ready } from './lib/setup.mjs';
import { main } from './lib/words.mjs';

await main(async () => {
  const node = await ready();
  return foreground(node, serverCommand(process.argv.slice(2), undefined, 'recommend'), {
    env: runtimeEnv(node),
  });
});
