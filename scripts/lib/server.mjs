import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** In MB, of which there are two. Left to itself the young heap grows with the connections, to 134 MB at 15,000. */
const MAX_SEMI_SPACE = '--max-semi-space-size=8';

const programOf = (name) => `backend/dist/${name}.js`;

export function serverIsBuilt(root = ROOT) {
  return existsSync(join(root, programOf('main')));
}

/** What Node is given to run the server, or another program beside it. Node reads .env itself; variables that are set already win over it. */
export function serverCommand(args, root = ROOT, program = 'main') {
  const envFile = join(root, '.env');
  // Asked for only when it is there: Node would otherwise remark on its absence at every start.
  const env = existsSync(envFile) ? [`--env-file=${envFile}`] : [];
  return [...env, MAX_SEMI_SPACE, '--enable-source-maps', join(root, programOf(program)), ...args];
}
