import { Injectable } from '@nestjs/common';
import { keyset, type SortOrder } from '../catalog/list-order.js';
import { toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Seen, type Visible } from '../libraries/seen.js';
import { forgottenFavourites, heardOf, type HeardKind } from './heard-sql.js';
import { HeardThings } from './heard-things.js';
import type { MostPlayed, MostPlayedQuery } from './statistics.dto.js';

interface Row {
  readonly id: string;
  readonly plays: number;
  readonly lastPlayedAt: Date;
  readonly place: readonly string[];
}

const MOST_FIRST: SortOrder = { columns: [{ sql: 'top.plays', kind: 'number' }], direction: 'DESC' };

/** What somebody plays most, and what they used to. */
@Injectable()
export class MostPlayedLists {
  constructor(
    private readonly db: Database,
    private readonly things: HeardThings,
  ) {}

  list(
    userId: string,
    kind: HeardKind,
    { range, ...query }: MostPlayedQuery,
    visible: Visible,
  ): Promise<Page<MostPlayed>> {
    return this.page(kind, query, visible, (add, seen) => heardOf(kind, add(userId), range, seen));
  }

  forgotten(userId: string, query: PageQuery, visible: Visible): Promise<Page<MostPlayed>> {
    return this.page('track', query, visible, (add, seen) => forgottenFavourites(add(userId), seen));
  }

  private async page(
    kind: HeardKind,
    { limit, cursor }: PageQuery,
    visible: Visible,
    heard: (add: SqlParams['add'], seen: Seen) => string,
  ): Promise<Page<MostPlayed>> {
    const params = new SqlParams();
    const { add } = params;
    const order = keyset(MOST_FIRST, 'top.id', cursor, add);
    const rows = await this.db.query<Row>(
      `SELECT top.id, top.plays, top.last_played_at AS "lastPlayedAt", ${order.key} AS place
         FROM (${heard(add, seenBy(visible, add))}) AS top WHERE true ${order.where}
        ORDER BY ${order.orderBy} LIMIT ${add(limit + 1)}`,
      params.values,
    );
    const items = await this.things.byId(
      kind,
      rows.map(({ id }) => id),
      visible,
    );
    const page = toPage(rows, limit, (row) => row, order.cursorOf);
    return {
      nextCursor: page.nextCursor,
      items: page.items.flatMap(({ id, plays, lastPlayedAt }) => {
        const item = items.get(id);
        return item === undefined ? [] : [{ plays, lastPlayedAt: lastPlayedAt.toISOString(), item }];
      }),
    };
  }
}
