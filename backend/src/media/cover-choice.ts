import type { TagPicture } from './track-tags.js';

const FRONT = 'Cover (front)';
/** Pictures of no stated kind are covers nearly always; those of people, logos and leaflets are not. */
const UNSTATED = new Set([null, 'Other']);

/** Pure: the picture of a tag that is the cover: the front, else the first of no stated kind, else none. */
export const chooseEmbedded = (pictures: readonly TagPicture[]): TagPicture | null =>
  pictures.find(({ type }) => type === FRONT) ?? pictures.find(({ type }) => UNSTATED.has(type)) ?? null;

const NAMES = ['cover', 'folder', 'front', 'album', 'albumart', 'albumartlarge', 'artwork'];
const EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif'];

/**
 * Pure: the file of a folder that is its cover, by name (`cover.*` before `folder.*` and so on, whatever the case) and
 * then by kind. The cover of a track is its embedded one, and this where it has none.
 */
export function chooseFolderImage(fileNames: readonly string[]): string | null {
  const ranked = fileNames
    .map((fileName) => ({ fileName, rank: rankOf(fileName) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || (a.fileName < b.fileName ? -1 : 1));
  return ranked[0]?.fileName ?? null;
}

function rankOf(fileName: string): number {
  const [, stem = '', extension = ''] = /^(.+)\.([a-z]+)$/.exec(fileName.toLowerCase()) ?? [];
  const [name, kind] = [NAMES.indexOf(stem), EXTENSIONS.indexOf(extension)];
  return name < 0 || kind < 0 ? -1 : name * EXTENSIONS.length + kind;
}
