import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/common/id.js';
import { PlayRepository, type PlayRow } from '../../src/plays/play.repository.js';
import { Weights } from '../../src/recommend/weights.js';
import { ALL_PAIRS, gainsOf } from '../../src/recommend/weights-sql.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const DAY = 86_400_000;
const REFERENCE = Date.parse('2026-01-01');

const TRACKS = 3;
const timeOf = (hours: number): number => REFERENCE + hours * 3_600_000;

type Event = Pick<PlayRow, 'outcome' | 'source' | 'passive' | 'durationMs'> & {
  readonly track: number;
  readonly hours: number;
  readonly share: number;
};
type Step =
  | { readonly kind: 'add'; readonly events: readonly Event[] }
  | { readonly kind: 'forget'; readonly which: number }
  | { readonly kind: 'move'; readonly which: number; readonly to: number }
  | { readonly kind: 'look' };

const track = fc.nat({ max: TRACKS - 1 });
const EVENT: fc.Arbitrary<Event> = fc.record({
  track,
  hours: fc.nat({ max: 24 * 400 }),
  outcome: fc.constantFrom('play', 'skip', 'partial'),
  share: fc.double({ min: 0, max: 1.2, noNaN: true }),
  source: fc.constantFrom(null, 'radio', 'similar', 'discoverWeekly', 'album', 'playlist'),
  passive: fc.boolean(),
  durationMs: fc.constantFrom(200_000, null),
});
const step = <K extends Step['kind']>(kind: K): fc.Arbitrary<K> => fc.constant(kind);
const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: step('add'), events: fc.array(EVENT, { maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: step('forget'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: step('move'), which: fc.nat(), to: track }) },
  { weight: 1, arbitrary: fc.record({ kind: step('look') }) },
);

interface Excluded {
  readonly playlistId?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** What SQL sums, said once more, plainly: of one listener and one track. */
const plainGain = (plays: readonly PlayRow[], excluded: readonly Excluded[] = []): number => {
  const days = new Map<number, number>();
  let recommendedSkips = 0;
  for (const play of [...plays].sort((a, b) => +a.startedAt - +b.startedAt || (a.id < b.id ? -1 : 1))) {
    const at = +play.startedAt;
    if (
      excluded.some(
        ({ playlistId, fromMs = Infinity, toMs = 0 }) =>
          (play.source === 'playlist' && playlistId === play.sourceId) || (at >= fromMs && at < toMs),
      )
    )
      continue;
    const recommended = ['radio', 'similar', 'discoverWeekly'].includes(play.source ?? '');
    if (play.outcome === 'skip' && recommended) recommendedSkips++;
    const completion = play.durationMs === null ? 0 : play.playedMs / play.durationMs;
    let gain = 0;
    if (play.outcome === 'skip') gain = recommended && recommendedSkips > 1 ? -0.6 : -0.3;
    else if (completion >= 0.8) gain = 1;
    else if (play.outcome === 'play' || completion >= 0.3) gain = 0.4;
    const day = Math.floor((at - REFERENCE) / DAY);
    days.set(day, (days.get(day) ?? 0) + gain * (play.passive ? 0.5 : 1));
  }
  let sum = 0;
  for (const [day, gain] of days)
    sum += Math.sign(gain) * Math.min(Math.abs(gain), Math.abs(gain) ** 0.3) * 2 ** (day / 90);
  return sum;
};

describe('what a listener cares for', () => {
  let test: TestDatabase;
  let weights: Weights;
  let plays: PlayRepository;
  let trackIds: readonly string[];
  let userId: string;

  beforeAll(async () => {
    test = await testDatabase();
    weights = new Weights(test.db);
    plays = new PlayRepository(test.db);
    ({ trackIds } = await addPlainTracks(test.db, 4));
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    userId = await addPlainUser(test.db);
  });

  const add = async (...rows: readonly PlayRow[]): Promise<void> => {
    await test.db.transaction((tx) => plays.add(rows, tx));
  };
  const kept = async (who = userId): Promise<ReadonlyMap<string, number>> => {
    await weights.refresh();
    const rows = await test.db.query<{ trackId: string; gain: number }>(
      'SELECT track_id AS "trackId", gain FROM listener_weights WHERE user_id = $1',
      [who],
    );
    return new Map(rows.map(({ trackId, gain }) => [trackId, gain]));
  };
  const play = (over: Partial<PlayRow> = {}): PlayRow =>
    playRow({ userId, trackId: trackIds[0] ?? '', startedAt: new Date('2026-03-01T12:00:00Z'), ...over });
  const only = async (): Promise<number | undefined> => (await kept()).get(trackIds[0] ?? '');

  /** A listener with a playlist and a stretch of time excluded, and what is done step by step. */
  const run = async (steps: readonly Step[], excludedFrom: number): Promise<void> => {
    const who = await addPlainUser(test.db);
    const playlistId = newId();
    const [fromMs, toMs] = [timeOf(excludedFrom), timeOf(excludedFrom + 100)];
    await test.db.query(
      `INSERT INTO taste_exclusions (id, user_id, playlist_id, from_at, to_at)
       VALUES ($1, $2, $3, NULL, NULL), ($4, $2, NULL, $5, $6)`,
      [newId(), who, playlistId, newId(), new Date(fromMs), new Date(toMs)],
    );
    let events: PlayRow[] = [];
    const rowOf = ({ track, hours, share, source, ...made }: Event): PlayRow =>
      playRow({
        ...made,
        userId: who,
        trackId: trackIds[track] ?? '',
        startedAt: new Date(timeOf(hours)),
        playedMs: Math.round(share * 200_000),
        source,
        sourceId: source === 'playlist' ? playlistId : null,
      });
    for (const step of steps) {
      if (step.kind === 'look') await weights.refresh();
      else if (step.kind === 'add') {
        const rows = step.events.map(rowOf);
        if (rows.length > 0) await add(...rows);
        events.push(...rows);
      } else {
        const chosen = events[step.which % Math.max(1, events.length)];
        if (chosen === undefined) continue;
        events = events.filter(({ id }) => id !== chosen.id);
        if (step.kind === 'forget') await test.db.query('DELETE FROM plays WHERE id = $1', [chosen.id]);
        else {
          const moved = { ...chosen, trackId: trackIds[step.to] ?? '' };
          await test.db.query('UPDATE plays SET track_id = $1 WHERE id = $2', [moved.trackId, moved.id]);
          events.push(moved);
        }
      }
    }
    const found = await kept(who);
    for (const trackId of trackIds.slice(0, TRACKS)) {
      const own = events.filter((row) => row.trackId === trackId);
      expect(found.get(trackId) ?? 0).toBeCloseTo(plainGain(own, [{ playlistId }, { fromMs, toMs }]), 9);
    }
  };

  it('is what a plain recount says, whatever is added, taken out, moved and excluded on the way', async () => {
    await fc.assert(fc.asyncProperty(fc.array(STEP, { maxLength: 12 }), fc.nat({ max: 9000 }), run), {
      numRuns: 40,
    });
  });

  it('counts a whole play for one, ten on a day not for ten, and one that nobody chose for half', async () => {
    const day = 2 ** (59 / 90);
    await add(play());
    expect(await only()).toBeCloseTo(day, 9);
    await add(...Array.from({ length: 9 }, () => play()));
    expect(await only()).toBeCloseTo(day * 10 ** 0.3, 9);
    await add(play({ trackId: trackIds[1] ?? '', passive: true }));
    expect((await kept()).get(trackIds[1] ?? '')).toBeCloseTo(day / 2, 9);
  });

  it('takes a like and a place in a playlist for more than a play, and takes them back', async () => {
    const [first = '', second = ''] = trackIds;
    const likedAt = '2026-01-01T10:00:00Z';
    await test.db.query('INSERT INTO opinions (id, user_id, track_id, liked_at) VALUES ($1, $2, $3, $4)', [
      newId(),
      userId,
      first,
      likedAt,
    ]);
    const list = newId();
    await test.db.query(`INSERT INTO playlists (id, owner_id, title, sort_key) VALUES ($1, $2, 'A', 'a')`, [
      list,
      userId,
    ]);
    await test.db.query(
      `INSERT INTO playlist_entries (id, playlist_id, position, track_id, added_by, added_at)
       VALUES ($1, $2, 1, $3, $4, $5)`,
      [newId(), list, second, userId, likedAt],
    );
    expect(Object.fromEntries(await kept())).toEqual({ [first]: 3, [second]: 2 });
    await test.db.query('UPDATE playlist_entries SET track_id = NULL WHERE playlist_id = $1', [list]);
    await test.db.query('DELETE FROM opinions WHERE user_id = $1', [userId]);
    expect((await kept()).size).toBe(0);
  });

  it('forgets what came before the listener began anew, and leaves the history as it is', async () => {
    await add(play(), play({ startedAt: new Date('2026-05-01T12:00:00Z'), outcome: 'skip', playedMs: 0 }));
    expect(await only()).toBeGreaterThan(0);
    await test.db.query(`INSERT INTO taste_settings (user_id, taste_from) VALUES ($1, '2026-04-01')`, [
      userId,
    ]);
    await weights.noteListener(userId);
    expect(await only()).toBeCloseTo(-0.3 * 2 ** (120 / 90), 9);
    expect(await test.db.query('SELECT FROM plays WHERE user_id = $1', [userId])).toHaveLength(2);
  });

  it('knows what it was on an earlier day', async () => {
    await add(play(), play({ startedAt: new Date('2026-05-01T12:00:00Z') }));
    const rows = await test.db.query<{ gain: number }>(
      `SELECT gain FROM (${gainsOf(ALL_PAIRS, '$1::timestamptz')}) AS sums WHERE user_id = $2`,
      ['2026-04-01', userId],
    );
    expect(rows.map(({ gain }) => gain)).toEqual([expect.closeTo(2 ** (59 / 90), 9)]);
  });

  it('goes with the listener and with the track, also while it is noted', async () => {
    const { trackIds: others } = await addPlainTracks(test.db, 2);
    const [gone = '', stays = ''] = others;
    await add(play({ trackId: gone }), play({ trackId: stays }));
    await test.db.query('DELETE FROM tracks WHERE id = $1', [gone]);
    expect([...(await kept()).keys()]).toEqual([stays]);
    await add(play());
    await test.db.query('DELETE FROM users WHERE id = $1', [userId]);
    expect((await kept()).size).toBe(0);
    expect(await test.db.query('SELECT FROM weight_notes')).toHaveLength(0);
  });
});
