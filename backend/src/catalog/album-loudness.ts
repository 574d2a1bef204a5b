import type { Database } from '../database/database.js';
import { integratedLufsOf } from '../media/momentary-levels.js';
import type { AlbumDetail } from './catalog.dto.js';

interface LevelsRow {
  readonly albumId: string;
  readonly levels: Buffer | null;
  readonly truePeakDbtp: number | null;
}

type Loudness = AlbumDetail['loudness'];

/** Of all that can be heard of each album, one after another; null until all of it was measured, and for silence. */
export async function loudnessOfAlbums(
  db: Database,
  albumIds: readonly string[],
): Promise<ReadonlyMap<string, Loudness>> {
  const rows = await db.query<LevelsRow>(
    `SELECT album_id AS "albumId", momentary_levels AS levels, true_peak_dbtp AS "truePeakDbtp"
     FROM tracks LEFT JOIN track_sound ON track_id = tracks.id WHERE album_id = ANY($1::uuid[]) AND available`,
    [albumIds],
  );
  const byAlbum = Map.groupBy(rows, ({ albumId }) => albumId);
  return new Map(albumIds.map((id) => [id, loudnessOf(byAlbum.get(id) ?? [])]));
}

export const loudnessOfAlbum = async (db: Database, albumId: string): Promise<Loudness> =>
  (await loudnessOfAlbums(db, [albumId])).get(albumId) ?? null;

const loudnessOf = (rows: readonly LevelsRow[]): Loudness => {
  const levels = rows.flatMap((row) => row.levels ?? []);
  if (levels.length < rows.length) return null;
  const integratedLufs = integratedLufsOf(levels);
  const peaks = rows.flatMap((row) => row.truePeakDbtp ?? []);
  if (integratedLufs === null || peaks.length === 0) return null;
  return { integratedLufs, truePeakDbtp: Math.max(...peaks) };
};
