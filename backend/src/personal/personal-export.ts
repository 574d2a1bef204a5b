import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_PARTS_TOKEN = 'kanade:personal-parts';

const PAGE = 1000;
type Row = Record<string, unknown> & { readonly exportKey: string };

/** Everything that is kept of a person as one JSON text, a page of rows at a time: however much it is, little is held. */
@Injectable()
export class PersonalExport {
  constructor(
    private readonly db: Database,
    @Inject(PERSONAL_PARTS_TOKEN) private readonly parts: readonly PersonalPart[],
  ) {}

  async *text(userId: string): AsyncGenerator<string> {
    yield `{"format":"kanade-export","version":1,"exportedAt":${JSON.stringify(new Date())}`;
    for (const part of this.parts) {
      yield `,\n${JSON.stringify(part.name)}:[`;
      let isFirst = true;
      for await (const rows of this.pages(part, userId)) {
        if (rows.length > 0)
          yield (isFirst ? '\n' : ',\n') + rows.map((row) => JSON.stringify(row)).join(',\n');
        isFirst = false;
      }
      yield ']';
    }
    yield '}\n';
  }

  private async *pages(
    { columns, from, where, key }: PersonalPart,
    userId: string,
  ): AsyncGenerator<readonly Record<string, unknown>[]> {
    for (let after: string | null | undefined = null; after !== undefined;) {
      const rows: Row[] = await this.db.query<Row>(
        `SELECT ${columns}, ${key} AS "exportKey" FROM ${from}
          WHERE ${where} AND ($2::uuid IS NULL OR ${key} > $2) ORDER BY ${key} LIMIT ${PAGE}`,
        [userId, after],
      );
      yield rows.map(withoutKey);
      after = rows.length < PAGE ? undefined : rows.at(-1)?.exportKey;
    }
  }
}

const withoutKey = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'exportKey'));
