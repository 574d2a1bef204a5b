import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What a Node program of this project needs to see of it: the code of its package, the package's name and kind, and
 * the packages that it can import. The data folder is none of them.
 */
export const codeOf = (file: string): readonly string[] => {
  const above: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    above.push(folder);
    if (dirname(folder) === folder) break;
  }
  const home = above.find((folder) => existsSync(join(folder, 'package.json')));
  if (home === undefined) return [dirname(file)];
  const parts = ['dist', 'src', 'test'].map((part) => join(home, part));
  const packages = above.map((folder) => join(folder, 'node_modules'));
  return [join(home, 'package.json'), ...parts, ...packages].filter((path) => existsSync(path));
};
