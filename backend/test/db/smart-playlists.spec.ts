import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import { FIELDS, SORT_NAMES } from '../../src/smart-lists/rule-fields.js';
import { rulesSchema, type Rules } from '../../src/smart-lists/rules.js';
import { SmartReads } from '../../src/smart-lists/smart-reads.js';
import { newPlaylistSchema, type Playlist } from '../../src/playlists/playlists.dto.js';
import { addLibrary, addTracks } from '../support/listed-tracks.js';
import { addUser, makePlaylists, type TestPlaylists } from '../support/playlists.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const SONGS = [
  { title: 'Été indien', artists: ['Joe'], album: 'Été', year: 1975, genres: ['Chanson'], bpm: 78 },
  { title: '100% Pure', artists: ['Crystal', 'Joe'], album: 'Love', year: 1991, genres: ['House'], bpm: 124 },
  { title: '1000 Pure', artists: ['Crystal'], album: 'Love', year: 1992, genres: ['House', 'Pop'], bpm: 122 },
  { title: 'Quiet', artists: ['Nils'], album: 'Felt', genres: [], bpm: null },
];
const EVIL = [`'; DROP TABLE tracks; --`, `' OR '1'='1`, `$1`, `%`, `_`, `\\`, `pg_sleep(5)`, `🎵`, `é"`];
const SUITING = {
  text: [
    ['is', 'x'],
    ['isNot', 'x'],
    ['contains', 'x'],
    ['containsNot', 'x'],
    ['beginsWith', 'x'],
    ['endsWith', 'x'],
  ],
  number: [
    ['is', 1],
    ['isNot', 1],
    ['above', 1.5],
    ['below', -3],
    ['between', [1, 2]],
  ],
  time: [
    ['before', '2020-01-01T00:00:00Z'],
    ['after', '2020-01-01T00:00:00Z'],
    ['inLastDays', 3],
    ['notInLastDays', 0],
  ],
  flag: [
    ['is', true],
    ['isNot', false],
  ],
} as const;

describe('smart playlists', () => {
  let test: TestDatabase;
  let room: TestPlaylists;
  let [mia, leo] = ['', ''];
  let [hall, attic] = ['', ''];
  let tracks: readonly string[];

  beforeAll(async () => {
    test = await testDatabase();
    room = makePlaylists(test.db);
    [mia, leo] = [await addUser(test.db, 'mia'), await addUser(test.db, 'leo')];
    [hall, attic] = [await addLibrary(test.db, 'hall'), await addLibrary(test.db, 'attic')];
    tracks = await addTracks(
      test.db,
      hall,
      SONGS.map((tags, at) => ({ path: `${at}.flac`, tags })),
    );
    await addTracks(test.db, attic, [{ path: '9.flac', tags: { title: 'Pure of the attic' } }]);
  });
  afterAll(() => test.close());

  const rules = (where: object, more: object = {}): Rules =>
    rulesSchema.parse({ where, sort: 'title', descending: false, ...more });
  const rule = (field: string, operator: string, value: unknown): Rules =>
    rules({ match: 'all', rules: [{ field, operator, value }] });
  const found = async (wanted: Rules, userId = mia, visible: readonly string[] | null = [hall]) =>
    (await room.previews.of(userId, wanted, visible)).tracks.map(({ title }) => title);

  it('find by text whatever its accents and case, and take signs of SQL for what they are', async () => {
    expect(await found(rule('title', 'contains', 'ETE'))).toEqual(['Été indien']);
    expect(await found(rule('title', 'beginsWith', '100%'))).toEqual(['100% Pure']);
    expect(await found(rule('artist', 'is', 'joe'))).toEqual(['100% Pure', 'Été indien']);
    expect(await found(rule('artist', 'isNot', 'Joe'))).toEqual(['1000 Pure', 'Quiet']);
    expect(await found(rule('genre', 'contains', 'pop'))).toEqual(['1000 Pure']);
    for (const value of EVIL)
      for (const operator of ['is', 'contains', 'endsWith'])
        expect((await found(rule('album', operator, value))).length).toBe(0);
    expect((await test.db.query('SELECT FROM tracks')).length).toBe(SONGS.length + 1);
  });

  it('find by numbers, by both and by either, nested, sorted and cut', async () => {
    const nested = {
      match: 'all',
      rules: [
        { field: 'genre', operator: 'is', value: 'House' },
        {
          match: 'any',
          rules: [
            { field: 'year', operator: 'between', value: [1992, 1999] },
            { field: 'bpm', operator: 'above', value: 123 },
          ],
        },
      ],
    };
    expect(await found(rules(nested))).toEqual(['100% Pure', '1000 Pure']);
    expect(await found(rules(nested, { sort: 'year', descending: true, limit: 1 }))).toEqual(['1000 Pure']);
    expect(await found(rule('year', 'isNot', 1991))).toEqual(['1000 Pure', 'Été indien', 'Quiet']);
    const preview = await room.previews.of(mia, rules(nested, { limit: 1 }), [hall]);
    expect([preview.count, preview.matching]).toEqual([1, 2]);
  });

  it('answer for every field, every operator that suits it, and every order', async () => {
    for (const [field, { kind }] of Object.entries(FIELDS)) {
      for (const [operator, value] of SUITING[kind]) await found(rule(field, operator, value));
      for (const [operator, value] of [
        ['is', [1, 2]],
        ['between', 'x'],
        ['inLastDays', 'x'],
      ])
        await expect(found(rule(field, String(operator), value))).rejects.toMatchObject({
          code: 'INVALID_BODY',
          field: expect.stringMatching(/^rules\.where\.rules\.0\.(operator|value)$/),
        });
    }
    for (const sort of SORT_NAMES) {
      const all = await found(
        rules({ match: 'all', rules: [{ field: 'title', operator: 'contains', value: 'e' }] }, { sort }),
      );
      expect(all.length).toBe(4);
    }
  });

  it('refuse what is on no list, too deep, or too much', () => {
    const deep = (levels: number): object =>
      levels === 0
        ? { field: 'year', operator: 'is', value: 1 }
        : { match: 'all', rules: [deep(levels - 1)] };
    const refused = (where: unknown, more: object = {}) => rulesSchema.safeParse({ where, ...more }).success;
    expect(refused(deep(4))).toBe(true);
    expect(refused(deep(5))).toBe(false);
    expect(refused(deep(5000))).toBe(false);
    const one = { field: 'year', operator: 'is', value: 1 };
    for (const where of [
      { match: 'all', rules: [] },
      { match: 'all', rules: Array.from({ length: 51 }, () => one) },
      { match: 'all; --', rules: [one] },
      { match: 'all', rules: [{ ...one, field: 'users.password_hash' }] },
      { match: 'all', rules: [{ ...one, field: '__proto__' }] },
      { match: 'all', rules: [{ ...one, operator: '= 1 OR 1=1' }] },
      { match: 'all', rules: [{ ...one, value: Number.POSITIVE_INFINITY }] },
      { match: 'all', rules: [{ ...one, value: 'a\u0000b' }] },
      { match: 'all', rules: [{ ...one, value: 'x'.repeat(300) }] },
      { match: 'all', rules: [{ ...one, sql: '1' }] },
    ])
      expect(refused(where)).toBe(false);
    expect(refused(deep(1), { sort: 'title; SELECT 1' })).toBe(false);
    expect(refused(deep(1), { limit: 10_001 })).toBe(false);
  });

  it('go by the likes, ratings and plays of whose they are, in the libraries that reader and owner see', async () => {
    const like = (userId: string, trackId = '', rating: number | null = null) =>
      test.db.query(
        'INSERT INTO opinions (id, user_id, track_id, liked_at, rating) VALUES ($1, $2, $3, now(), $4)',
        [newId(), userId, trackId, rating],
      );
    await like(mia, tracks[0], 5);
    await like(leo, tracks[1], 2);
    await test.db.query(
      `INSERT INTO plays (user_id, id, track_id, started_at, told_started_at, clock, played_ms, outcome)
       VALUES ($1, $2, $3, now() - interval '3 days', now(), 'right', 1, 'play')`,
      [leo, newId(), tracks[3]],
    );
    const wish = { title: 'Liked', visibility: 'shared', rules: rule('liked', 'is', true) };
    const list: Playlist = await room.lists.make(mia, newPlaylistSchema.parse(wish), null);
    expect([list.kind, list.entryCount]).toEqual(['smart', 1]);
    const read = async (who: string) =>
      (await room.entries.page(who, list.id, { limit: 9, cursor: undefined }, [hall])).items.map(
        ({ track }) => track?.title,
      );
    expect([await read(mia), await read(leo)]).toEqual([['Été indien'], ['Été indien']]);
    expect(await room.reads.get(leo, list.id, [hall])).toMatchObject({ entryCount: 1 });
    expect(await room.reads.get(leo, list.id, [attic])).toMatchObject({ entryCount: 0, covers: [] });
    expect(await room.exports.of(leo, list.id, [hall])).toMatchObject({ tracks: [{ title: 'Été indien' }] });
    await test.db.query(`UPDATE libraries SET open_role = NULL WHERE id = $1`, [hall]);
    expect([await read(mia), await read(leo)]).toEqual([['Été indien'], []]);
    await test.db.query(`UPDATE libraries SET open_role = 'listener' WHERE id = $1`, [hall]);
    expect(await found(rule('rating', 'above', 3), mia)).toEqual(['Été indien']);
    expect(await found(rule('plays', 'above', 0), leo)).toEqual(['Quiet']);
    expect(await found(rule('lastPlayed', 'inLastDays', 4), leo)).toEqual(['Quiet']);
    expect(await found(rule('lastPlayed', 'inLastDays', 2), leo)).toEqual([]);
    expect(await found(rule('plays', 'above', 0), mia)).toEqual([]);
    expect(await found(rule('title', 'contains', 'attic'))).toEqual([]);
    expect(await found(rule('title', 'contains', 'attic'), mia, null)).toEqual(['Pure of the attic']);
  });

  it('are ended by the database where they take too long, and are read again when they do not', async () => {
    const reads = new SmartReads(test.db, 300);
    const slow = rule('genre', 'is', 'pop');
    const find = (): Promise<readonly string[]> => reads.find(mia, slow, '', [hall], { from: 0, limit: 9 });
    // A search that waits for a table takes as long as somebody wants.
    await test.db.transaction(async (tx) => {
      await test.db.query('LOCK TABLE track_genres IN ACCESS EXCLUSIVE MODE', [], tx);
      const tooSlow = { code: 'RULES_TOO_SLOW', field: 'rules' };
      await expect(find()).rejects.toMatchObject(tooSlow);
      await expect(reads.count(mia, slow, [hall])).rejects.toMatchObject(tooSlow);
      const waiting = `SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'active' AND query LIKE '%FROM tracks WHERE%' AND pid <> pg_backend_pid()`;
      expect(await test.db.query(waiting)).toEqual([]);
    });
    expect(await find()).toEqual([tracks[2]]);
  });

  it('are paged, take no entries, and change their rules with their revision', async () => {
    const all = rule('year', 'above', 0);
    const list = await room.lists.make(mia, newPlaylistSchema.parse({ title: 'All', rules: all }), null);
    const titles: (string | undefined)[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await room.entries.page(mia, list.id, { limit: 2, cursor }, [hall]);
      titles.push(...page.items.map(({ track }) => track?.title));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(titles).toEqual(['100% Pure', '1000 Pure', 'Été indien']);
    const change = { userId: mia, playlistId: list.id, revision: 1, visible: null };
    await expect(
      room.edits.add(change, { revision: 1, trackIds: [tracks[0] ?? ''], before: null, duplicates: 'add' }),
    ).rejects.toMatchObject({ code: 'PLAYLIST_IS_SMART' });
    const changed = await room.lists.change(change, { revision: 1, rules: rule('year', 'is', 1975) });
    expect(changed).toMatchObject({ revision: 2, entryCount: 1 });
    const ordered = await room.lists.make(mia, newPlaylistSchema.parse({ title: 'Mine' }), null);
    await expect(
      room.lists.change({ ...change, playlistId: ordered.id }, { revision: 1, rules: all }),
    ).rejects.toMatchObject({ code: 'INVALID_BODY', field: 'rules' });
  });
});
