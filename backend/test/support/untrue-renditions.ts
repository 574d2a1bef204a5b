import type { House } from '../../src/integrity/invariant.js';
import { READY_RENDITIONS } from '../../src/integrity/ready-renditions.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';
import type { FolderStore } from '../../src/storage/folder-store.js';
import type { TestDatabase } from './postgres.js';

/** What fsck says of the renditions that are ready: size, hash, segments and samples; with `deep` each is decoded. */
export const untrueRenditions = async (
  { db, url }: TestDatabase,
  tools: FfmpegTools,
  store: FolderStore,
  deep = false,
): Promise<readonly string[]> => {
  const house: House = {
    db,
    databaseUrl: url,
    dataDir: '',
    store,
    tools,
    deep,
    graceMs: 0,
    mending: {
      jobs: () => Promise.reject(new Error('nothing is mended here')),
      markMissing: () => Promise.resolve(),
      requeueRenditions: () => Promise.resolve(),
      announceTrack: () => Promise.resolve(),
    },
  };
  const found: string[] = [];
  for await (const { what, problem } of READY_RENDITIONS.find(house)) found.push(`${what}: ${problem}`);
  return found;
};
