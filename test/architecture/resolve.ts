import { posix } from 'node:path';
import { WORKSPACES } from './floors.js';
import type { Source } from './source.js';

export type Target =
  { readonly kind: 'file'; readonly file: string } | { readonly kind: 'package'; readonly name: string };

const EXTENSIONS = ['.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx', ''];

const withoutExtension = (path: string): string => path.replace(/\.(js|jsx|ts|tsx|mjs)$/, '');

/** Where an import of another workspace, a path alias or a built file has its source. */
const insideProject = (from: string, specifier: string): string | undefined => {
  const workspace = /^@kanade\/([a-z]+)(?:\/(.+))?$/.exec(specifier);
  if (workspace) return `${workspace[1] ?? ''}/src/${workspace[2] ?? 'index'}`;
  if (specifier.startsWith('@/')) return `frontend/src/${specifier.slice(2)}`;
  if (!specifier.startsWith('.')) return undefined;
  // Programs of bench/ import the built server; the graph speaks of sources.
  return posix.join(posix.dirname(from), specifier).replace(/^([a-z]+)\/dist\//, '$1/src/');
};

/** Pure: what an import means. A path without a known file keeps its name: it still lies in some room. */
export const resolveImport = (from: string, specifier: string, known: ReadonlySet<string>): Target => {
  const path = insideProject(from, specifier);
  if (path === undefined) return { kind: 'package', name: specifier };
  const stem = withoutExtension(path);
  const file = EXTENSIONS.map((extension) => stem + extension).find((candidate) => known.has(candidate));
  return { kind: 'file', file: file ?? path };
};

export const workspaceOf = (file: string): string | undefined =>
  Object.keys(WORKSPACES).find((name) => file.startsWith(`${name}/`));

export interface Edge {
  readonly from: string;
  readonly target: Target;
}

export const edgesOf = (sources: readonly Source[]): Edge[] => {
  const known = new Set(sources.map(({ file }) => file));
  return sources.flatMap(({ file, imports }) =>
    imports.map((specifier) => ({ from: file, target: resolveImport(file, specifier, known) })),
  );
};
