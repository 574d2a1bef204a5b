import { existsSync } from 'node:fs';
import pg from 'pg';
import type { Config } from '../config/config.js';

export interface AbsentRoots {
  /** Folders that somebody named, that are not there, and that were never scanned. */
  readonly problems: readonly string[];
  /** Folders that were scanned before: their disk may only be away. */
  readonly warnings: readonly string[];
}

/** Judges absent music folders by what the database knows of them; reads only. */
export const judgeAbsentRoots = async (config: Config, databaseUrl: string): Promise<AbsentRoots> => {
  const absent = config.music.filter((folder) => folder.required && !existsSync(folder.path));
  if (absent.length === 0) return { problems: [], warnings: [] };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const known = await client.query<{ display_root: string }>(
      'SELECT display_root FROM libraries WHERE last_scanned_at IS NOT NULL',
    );
    const scanned = new Set(known.rows.map((row) => row.display_root));
    const [before, never] = [
      absent.filter((folder) => scanned.has(folder.path)),
      absent.filter((folder) => !scanned.has(folder.path)),
    ];
    return {
      problems: never.map((folder) => `the music folder ${folder.path} does not exist`),
      warnings: before.map(
        (folder) =>
          `The music folder ${folder.path} is not there now. Its tracks are kept; they play again when it is back.`,
      ),
    };
  } finally {
    await client.end();
  }
};
