import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { build } from 'esbuild';

/**
 * What the app starts from without a network, for who is signed in. Of the fonts the Latin ones: Japanese ones are kept
 * as pages need them.
 */
export const belongsToShell = (file) =>
  !/^(404\.html|_not-found|csp\.json|sw\.js|(setup|join|share)(\.|\/))/.test(file) &&
  (/\.(html|txt|js|css|svg|png|webmanifest)$/.test(file) || /-latin-[^/]*\.woff2$/.test(file));

/** Names under `_next/static` hold a hash; everything else is told apart by one. */
const entryOf = async (outDir, file) => ({
  url: `/${file}`,
  revision: file.startsWith('_next/static/')
    ? null
    : createHash('sha256')
        .update(await readFile(join(outDir, file)))
        .digest('hex')
        .slice(0, 16),
});

/** Bundles the service worker with the list of what it keeps, made after the export. */
export const writeServiceWorker = async (workspace, outDir) => {
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(outDir.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter(belongsToShell)
    .sort();
  const manifest = await Promise.all(files.map((file) => entryOf(outDir, file)));
  await build({
    entryPoints: [join(workspace, 'src/worker/sw.ts')],
    outfile: join(outDir, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    define: {
      'self.__SW_MANIFEST': JSON.stringify(manifest),
      'process.env.NODE_ENV': '"production"',
    },
  });
  return manifest;
};
