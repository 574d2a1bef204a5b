import './lib/require-node.mjs';
import { foreground } from './lib/children.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { serverCommand, serverIsBuilt } from './lib/server.mjs';
import { ready } from './lib/setup.mjs';
import { USAGE } from './lib/usage.mjs';
import { main, say } from './lib/words.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  // The server tells more, but nobody should wait for an installation to read about options.
  const asked = args.includes('--help') || args.includes('-h');
  if (asked && !serverIsBuilt()) return say(USAGE);
  const node = await ready();
  return foreground(node, serverCommand(args), {
    env: runtimeEnv(node),

    ownGroup: true,
    guarded: true,
  });
});
