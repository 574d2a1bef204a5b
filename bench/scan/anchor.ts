import { parseFile } from 'music-metadata';

/** The anchor of the first pass: music-metadata as it comes, with nothing of ours around it. */
export const parseAlone = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths) await parseFile(path);
};
