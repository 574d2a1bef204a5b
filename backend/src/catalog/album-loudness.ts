import type { Database } from '../database/database.js';
import { integratedLufsOf } from '../media/momentary-levels.js';
import type { AlbumDetail } from './catalog.dto.js';

interface LevelsRow {
  readonly levels: Buffer | null;
  readonly truePeakDbtp: number | null;
}

/** Of all that can be heard of an album, one after another; null until all of it was measured, and for silence. */
export async function loudnessOfAlbum(db: Database, albumId: string): Promise<AlbumDetail['loudness']> {
  const rows = await db.query<LevelsRow>(
    `SELECT momentary_levels AS levels, true_peak_dbtp AS "truePeakDbtp"
     FROM tracks LEFT JOIN track_sound ON track_id = tracks.id WHERE album_id = $1 AND available`,
    [albumId],
  );
  const levels = rows.flatMap(({ levels }) => levels ?? []);
  if (levels.length < rows.length) return null;
  const integratedLufs = integratedLufsOf(levels);
  const peaks = rows.flatMap(({ truePeakDbtp }) => truePeakDbtp ?? []);
  if (integratedLufs === null || peaks.length === 0) return null;
  return { integratedLufs, truePeakDbtp: Math.max(...peaks) };
}
