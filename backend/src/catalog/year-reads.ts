import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { decodeCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { YearDto } from './catalog.dto.js';

const LIST = 'years';
/** After all that a tag can say. */
const END = 10_000;

@Injectable()
export class YearReads {
  constructor(private readonly db: Database) {}

  /** The newest first: from one year to the next on the index of albums, whose years are few. @throws INVALID_CURSOR */
  async list({ limit, cursor }: PageQuery, visible: Visible): Promise<Page<YearDto>> {
    const params = new SqlParams();
    const seen = seenBy(visible, params.add);
    const from = `${params.add(placeOf(cursor))}::int`;
    const most = params.add(limit + 1);
    const albums = (rest: string): string =>
      `FROM albums WHERE track_count > 0 AND ${seen.album} AND coalesce(albums.year, 0) ${rest}`;
    const before = (sql: string): string =>
      `(SELECT coalesce(albums.year, 0) ${albums(`BETWEEN 1 AND ${sql} - 1`)}
        ORDER BY coalesce(albums.year, 0) DESC, albums.id DESC LIMIT 1)`;
    const rows = await this.db.query<YearDto>(
      visible === null
        ? `WITH RECURSIVE years AS (
             SELECT ${before(from)} AS year
             UNION ALL SELECT ${before('years.year')} FROM years WHERE years.year IS NOT NULL)
           SELECT year, (SELECT count(*)::int ${albums('= years.year')}) AS "albumCount"
           FROM years WHERE year IS NOT NULL LIMIT ${most}`
        : // From year to year is far where few of the albums are seen.
          `SELECT coalesce(albums.year, 0) AS year, count(*)::int AS "albumCount" ${albums(`BETWEEN 1 AND ${from} - 1`)}
           GROUP BY 1 ORDER BY 1 DESC LIMIT ${most}`,
      params.values,
    );
    return toPage(
      rows,
      limit,
      (row) => row,
      ({ year }) => [LIST, year],
    );
  }
}

const placeOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return END;
  const [list, year] = decodeCursor(cursor, 2);
  if (list === LIST && typeof year === 'number' && Number.isInteger(year) && year > 0 && year < END)
    return year;
  throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
    field: 'cursor',
  });
};
