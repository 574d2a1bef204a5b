import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** Hashes of every inline script in one exported page, as a policy spells them. */
export const inlineScriptHashes = (html) =>
  [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script]) => `sha256-${createHash('sha256').update(script).digest('base64')}`,
  );

/** Reads every exported page and writes `csp.json`: the list that the server puts behind `script-src 'self'`. */
export const writeCspHashes = async (outDir) => {
  const files = await readdir(outDir, { recursive: true });
  const pages = files.filter((file) => file.endsWith('.html')).sort();
  const html = await Promise.all(pages.map((page) => readFile(join(outDir, page), 'utf8')));
  const hashes = [...new Set(html.flatMap(inlineScriptHashes))].sort();
  await writeFile(join(outDir, 'csp.json'), `${JSON.stringify(hashes, null, 2)}\n`);
  return hashes;
};
