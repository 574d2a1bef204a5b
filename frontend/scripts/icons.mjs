import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Draws the installed app's icons from the mark: `node frontend/scripts/icons.mjs`, after a change of either SVG. What it
 * writes is committed, so that no build depends on it. A maskable icon has its mark within the inner 80 %.
 */
const workspace = join(import.meta.dirname, '..');
const sharp = createRequire(join(workspace, '../backend/package.json'))('sharp');
const MARK = join(workspace, 'src/app/icon.svg');
const MASKABLE = join(import.meta.dirname, 'maskable-icon.svg');
const ICONS = [
  { name: 'icon-192.png', from: MARK, size: 192 },
  { name: 'icon-512.png', from: MARK, size: 512 },
  { name: 'maskable-192.png', from: MASKABLE, size: 192 },
  { name: 'maskable-512.png', from: MASKABLE, size: 512 },
  { name: '../../src/app/apple-icon.png', from: MASKABLE, size: 180 },
];

const folder = join(workspace, 'public/icons');
await mkdir(folder, { recursive: true });
for (const { name, from, size } of ICONS) {
  const svg = sharp(await readFile(from), { density: (72 * size) / 64 });
  await svg.resize(size, size).png({ compressionLevel: 9, palette: true }).toFile(join(folder, name));
}
