import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { WORKSPACES } from './floors.js';
import { IMPORT_RULES } from './import-rules.js';
import { isTest, toSource, type Source } from './source.js';
import { TEXT_RULES } from './text-rules.js';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = /(^|\/)(node_modules|dist|out|\.next)(\/|$)/;

const readFolder = (folder: string): Source[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !BUILT.test(file))
    .map((file) => toSource(file, readFileSync(join(ROOT, file), 'utf8')));

const folders = Object.values(WORKSPACES).map(({ sources }) => sources);
// Git keeps no empty folder, so that of the measuring programs exists from the first of them on.
const sources = folders.filter((folder) => existsSync(join(ROOT, folder))).flatMap(readFolder);

describe('the house', () => {
  it('is read whole: each workspace but the measuring programs has sources, and tests beside them', () => {
    const found = folders.filter((folder) => sources.some(({ file }) => file.startsWith(`${folder}/`)));
    expect(found).toEqual(expect.arrayContaining(folders.filter((folder) => folder !== 'bench')));
    expect(sources.filter(({ file }) => isTest(file)).length).toBeGreaterThan(10);
    expect(sources.filter(({ file }) => !isTest(file)).length).toBeGreaterThan(30);
  });

  it.each(Object.entries({ ...IMPORT_RULES, ...TEXT_RULES }))('%s', (_sentence, rule) => {
    expect(rule(sources)).toEqual([]);
  });
});
