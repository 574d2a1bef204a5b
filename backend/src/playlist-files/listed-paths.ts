import { pathOfUri } from './playlist-file.js';

/** File and folders in which two paths must not agree further to be told apart: artist, album, disc, file. */
export const MOST_NAMES = 4;

const namesOf = (path: string): readonly string[] => {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.slice(names.lastIndexOf('..') + 1);
};

/**
 * Pure: the ends of a path that a file's own path may end with, the longest first. Whether it was encoded, and which
 * slashes it has, is not told, so each way to read it counts.
 */
export const endsOf = (path: string): readonly string[] => {
  const read = [path, pathOfUri(path)].flatMap((each) => [each, each.trim(), each.replaceAll('\\', '/')]);
  const ends = read.flatMap((each) => {
    const names = namesOf(each.replaceAll('\0', '').toWellFormed()).slice(-MOST_NAMES);
    return names.map((_, at) => names.slice(at).join('/'));
  });
  return [...new Set(ends)].sort((a, b) => depthOf(b) - depthOf(a));
};

export const depthOf = (end: string): number => end.split('/').length;
