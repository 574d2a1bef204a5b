import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contrasts, readThemes } from './contrast-pairs.mjs';

/** Prints the contrast of every pair of colours that the pages rely on, and fails when one is too small. */
const css = await readFile(join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8');
const misses = [];
for (const [theme, tokens] of Object.entries(readThemes(css)))
  for (const { pair, least, ratio } of contrasts(tokens)) {
    const line = `${theme.padEnd(5)} ${pair.padEnd(36)} ${ratio.toFixed(2).padStart(5)} of ${least}`;
    if (ratio < least) misses.push(line);
    else if (process.argv.includes('--all')) console.log(line);
  }
for (const miss of misses) console.error(`too little contrast: ${miss}`);
if (misses.length === 0) console.log('Every pair of colours has the contrast it needs.');
process.exitCode = misses.length === 0 ? 0 : 1;
