import type { Database } from '../database/database.js';
import { outcomeOf, type Ending, type Outcome } from '../plays/play-rules.js';
import type { Broken, House, Invariant } from './invariant.js';

interface Event {
  readonly userId: string;
  readonly id: string;
  readonly playedMs: number;
  readonly durationMs: number | null;
  readonly endedBy: Ending | null;
  readonly outcome: Outcome;
  readonly isForgotten: boolean;
}

const PAGE = 5000;
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function* events(db: Database): AsyncGenerator<Event> {
  for (let after: Pick<Event, 'userId' | 'id'> | undefined = { userId: NOBODY, id: NOBODY }; after;) {
    const page: Event[] = await db.query<Event>(
      `SELECT user_id AS "userId", id, played_ms AS "playedMs", duration_ms::float8 AS "durationMs",
              ended_by AS "endedBy", outcome, EXISTS (SELECT FROM forgotten_plays AS gone
                WHERE gone.user_id = plays.user_id AND gone.play_id = plays.id) AS "isForgotten"
         FROM plays WHERE (user_id, id) > ($1, $2) ORDER BY user_id, id LIMIT ${PAGE}`,
      [after.userId, after.id],
    );
    yield* page;
    after = page.length < PAGE ? undefined : page.at(-1);
  }
}

/** By a look at the rows themselves: an index that lies is what is feared. */
async function* twice(house: House): AsyncGenerator<Broken> {
  const rows = await house.db.query<{ userId: string; id: string; times: number }>(
    `SELECT user_id AS "userId", id, count(ctid)::int AS times FROM plays GROUP BY user_id, id HAVING count(ctid) > 1`,
  );
  for (const { userId, id, times } of rows)
    yield {
      what: `play ${id} of user ${userId}`,
      problem: `it is there ${times} times`,
      mend: async () => {
        await house.db.query(
          `DELETE FROM plays WHERE user_id = $1 AND id = $2 AND ctid <> (
             SELECT min(ctid) FROM plays WHERE user_id = $1 AND id = $2)`,
          [userId, id],
        );
      },
    };
}

async function* find(house: House): AsyncGenerator<Broken> {
  yield* twice(house);
  for await (const event of events(house.db)) {
    const { userId, id } = event;
    const what = `play ${id} of user ${userId}`;
    const change = (sql: string, ...more: readonly unknown[]) => ({
      mend: async () => {
        await house.db.query(`${sql} WHERE user_id = $1 AND id = $2`, [userId, id, ...more]);
      },
    });
    const right = outcomeOf(event);
    if (event.isForgotten)
      yield {
        what,
        problem: 'it was taken out of the history, and is there',
        ...change('DELETE FROM plays'),
      };
    else if (event.outcome !== right)
      yield {
        what,
        problem: `it counts as a ${event.outcome}, and is a ${right}`,
        ...change('UPDATE plays SET outcome = $3', right),
      };
  }
}

export const PLAY_EVENTS: Invariant = {
  id: 'I2',
  holds: 'every play event is there once and counts as what it is, and none that was taken back is there',
  find,
};
