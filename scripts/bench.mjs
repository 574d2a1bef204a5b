import './lib/require-node.mjs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { benchNames, complaint } from './lib/benches.mjs';
import { foreground } from './lib/children.mjs';
import { ROOT } from './lib/paths.mjs';
import { runtimeEnv } from './lib/runtime.mjs';
import { ready } from './lib/setup.mjs';
import { main, Trouble } from './lib/words.mjs';

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const folder = join(ROOT, 'bench');
  const wrong = complaint(name, benchNames(await readdir(folder).catch(() => [])));
  if (wrong !== undefined) throw new Trouble(wrong);
  const node = await ready();
  // Run as it stands: Node takes the types away itself, and the server it measures is the built one.
  return foreground(node, [join(folder, `${name}.ts`), ...args], { env: runtimeEnv(node) });
});
