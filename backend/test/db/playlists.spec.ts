import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import type { Visible } from '../../src/libraries/seen.js';
import {
  newPlaylistSchema,
  playlistListSchema,
  type Added,
  type Edited,
  type Playlist,
} from '../../src/playlists/playlists.dto.js';
import { addLibrary, addTracks } from '../support/listed-tracks.js';
import { addUser, makePlaylists, type TestPlaylists } from '../support/playlists.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('playlists', () => {
  let test: TestDatabase;
  let room: TestPlaylists;
  let [mia, leo, ben] = ['', '', ''];
  let tracks: readonly string[];
  let secret: string;
  let open: Visible;

  beforeAll(async () => {
    test = await testDatabase();
    room = makePlaylists(test.db);
    [mia, leo, ben] = [
      await addUser(test.db, 'mia'),
      await addUser(test.db, 'leo'),
      await addUser(test.db, 'ben'),
    ];
    const hall = await addLibrary(test.db, 'hall');
    const attic = await addLibrary(test.db, 'attic');
    open = [hall];
    const song = (at: number) => ({ path: `${at}.flac`, tags: { title: `Song ${at}`, artists: ['A'] } });
    tracks = await addTracks(
      test.db,
      hall,
      Array.from({ length: 40 }, (_, at) => song(at)),
    );
    [secret = ''] = await addTracks(test.db, attic, [song(0)]);
  });
  afterAll(() => test.close());

  const make = (userId: string, wish: object): Promise<Playlist> =>
    room.lists.make(userId, newPlaylistSchema.parse({ title: 'A list', ...wish }), null);
  const change = (userId: string, playlistId: string, revision: number, visible: Visible = null) => ({
    userId,
    playlistId,
    revision,
    visible,
  });
  const add = (
    list: Playlist,
    revision: number,
    trackIds: readonly string[],
    options: { before?: string | null; duplicates?: 'add' | 'skip' | 'refuse'; by?: string } = {},
  ): Promise<Added> =>
    room.edits.add(change(options.by ?? mia, list.id, revision), {
      revision,
      trackIds: [...trackIds],
      before: options.before ?? null,
      duplicates: options.duplicates ?? 'add',
    });
  const move = (list: Playlist, revision: number, entryIds: string[], before: string | null) =>
    room.edits.move(change(mia, list.id, revision), { revision, entryIds, before });

  /** All of a list's entries, page by page. */
  const read = async (userId: string, id: string, visible: Visible = null, limit = 7) => {
    const items = [];
    for (let cursor: string | undefined; ;) {
      const page = await room.entries.page(userId, id, { limit, cursor }, visible);
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      cursor = page.nextCursor;
    }
  };
  const order = async (list: Playlist): Promise<(string | undefined)[]> =>
    (await read(mia, list.id)).map(({ track }) => track?.title.replace('Song ', ''));

  it('hold what was put in, in its order, at the place that was named', async () => {
    const list = await make(mia, { trackIds: tracks.slice(0, 3) });
    const first = await add(list, 1, tracks.slice(3, 5));
    const [fourth = null] = first.added;
    const second = await add(list, first.revision, tracks.slice(5, 8), { before: fourth });
    expect(second).toMatchObject({ revision: 3, entryCount: 8, duplicates: [] });
    expect(await order(list)).toEqual(['0', '1', '2', '5', '6', '7', '3', '4']);
    const top = (await read(mia, list.id))[0]?.id ?? '';
    await add(list, 3, tracks.slice(8, 9), { before: top });
    expect((await order(list)).slice(0, 2)).toEqual(['8', '0']);
  });

  it('move a block as one, in the order it is named in', async () => {
    const list = await make(mia, { trackIds: tracks.slice(0, 6) });
    const ids = (await read(mia, list.id)).map(({ id }) => id);
    const at = (...places: number[]): string[] => places.map((place) => ids[place] ?? '');
    await move(list, 1, at(1, 2), null);
    expect(await order(list)).toEqual(['0', '3', '4', '5', '1', '2']);
    await move(list, 2, at(2, 5, 0), at(4)[0] ?? null);
    expect(await order(list)).toEqual(['3', '2', '5', '0', '4', '1']);
    await move(list, 3, at(0, 1, 2, 3, 4, 5), null);
    expect(await order(list)).toEqual(['0', '1', '2', '3', '4', '5']);
    await expect(move(list, 4, at(1, 2), at(2)[0] ?? null)).rejects.toMatchObject({
      code: 'INVALID_BODY',
      field: 'before',
    });
    await expect(move(list, 4, [newId()], null)).rejects.toMatchObject({ code: 'ENTRY_NOT_FOUND' });
    await expect(move(list, 4, at(1), newId())).rejects.toMatchObject({
      code: 'ENTRY_NOT_FOUND',
      field: 'before',
    });
    expect((await room.reads.get(mia, list.id, null)).revision).toBe(4);
  });

  it('are spread anew when there is no room left, and nobody notices, not even between two pages', async () => {
    const list = await make(mia, { trackIds: tracks.slice(0, 2) });
    let [, before = ''] = (await read(mia, list.id)).map(({ id }) => id);
    const half = await room.entries.page(mia, list.id, { limit: 1, cursor: undefined }, null);
    let revision = 1;
    for (let at = 0; at < 40; at++) {
      const added = await add(list, revision, [tracks[at] ?? ''], { before });
      revision = added.revision;
      before = added.added[0] ?? '';
    }
    const expected = ['0', ...Array.from({ length: 40 }, (_, at) => `${39 - at}`), '1'];
    expect(await order(list)).toEqual(expected);
    const rest = await room.entries.page(
      mia,
      list.id,
      { limit: 500, cursor: half.nextCursor ?? undefined },
      null,
    );
    expect(rest.items.map(({ track }) => track?.title)).toEqual(expected.slice(1).map((at) => `Song ${at}`));
    expect([half.revision, rest.revision]).toEqual([1, 41]);
  });

  it('warn of what stands there already, leave it out, or refuse all, as was wished', async () => {
    const [one = '', two = '', three = ''] = tracks;
    const list = await make(mia, { trackIds: [one] });
    expect(await add(list, 1, [one, two, two])).toMatchObject({ entryCount: 4, duplicates: [one, two] });
    expect(await add(list, 2, [one, three, three], { duplicates: 'skip' })).toMatchObject({
      entryCount: 5,
      duplicates: [one, three],
    });
    await expect(add(list, 3, [tracks[9] ?? '', one], { duplicates: 'refuse' })).rejects.toMatchObject({
      code: 'DUPLICATE_ENTRIES',
      current: { duplicates: [one] },
    });
    expect(await order(list)).toEqual(['0', '0', '1', '1', '2']);
  });

  it('tell whoever edits an older revision what stands there now, and change nothing', async () => {
    const list = await make(mia, { trackIds: tracks.slice(0, 2) });
    await add(list, 1, tracks.slice(2, 3));
    const [entry] = await read(mia, list.id);
    const stale: readonly (() => Promise<unknown>)[] = [
      () => add(list, 1, tracks.slice(3, 4)),
      () => move(list, 1, [entry?.id ?? ''], null),
      () => room.edits.remove(change(mia, list.id, 1), { revision: 1, entryIds: [entry?.id ?? ''] }),
      () => room.lists.change(change(mia, list.id, 1), { revision: 1, title: 'Late' }),
      () => room.lists.change(change(mia, list.id, 3), { revision: 3, title: 'Early' }),
    ];
    for (const edit of stale)
      await expect(edit()).rejects.toMatchObject({
        code: 'PLAYLIST_CHANGED',
        current: { id: list.id, revision: 2, entryCount: 3, title: 'A list' },
      });
    expect(await order(list)).toEqual(['0', '1', '2']);
  });

  it('are private, shared with everybody, or edited together with those who are named', async () => {
    const list = await make(mia, { trackIds: tracks.slice(0, 2), members: ['leo', 'MIA'] });
    const rights = async (): Promise<string[]> =>
      Promise.all(
        [mia, leo, ben].map(async (who) => {
          const seen = await room.reads.get(who, list.id, null).catch(() => null);
          const listed = (await room.reads.list(who, playlistListSchema.parse({}), null)).items;
          expect(listed.some(({ id }) => id === list.id)).toBe(seen !== null);
          return seen === null ? 'nothing' : seen.canEdit ? 'edits' : 'sees';
        }),
      );
    const show = (revision: number, visibility: Playlist['visibility']): Promise<Playlist> =>
      room.lists.change(change(mia, list.id, revision), { revision, visibility });
    expect(await rights()).toEqual(['edits', 'nothing', 'nothing']);
    await show(1, 'shared');
    expect(await rights()).toEqual(['edits', 'sees', 'sees']);
    await expect(add(list, 2, tracks.slice(3, 4), { by: leo })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const together = await show(2, 'collaborative');
    expect(together.members.map(({ username }) => username)).toEqual(['leo']);
    expect(await rights()).toEqual(['edits', 'edits', 'nothing']);
    await add(list, 3, tracks.slice(3, 4), { by: leo });
    expect((await read(mia, list.id)).map(({ addedBy }) => addedBy?.username)).toEqual(['mia', 'mia', 'leo']);
    // Everything but the entries stays the owner's.
    await expect(
      room.lists.change(change(leo, list.id, 4), { revision: 4, title: 'Mine' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(room.lists.remove(leo, list.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(room.lists.remove(ben, list.id)).rejects.toMatchObject({ code: 'PLAYLIST_NOT_FOUND' });
    await expect(make(mia, { members: ['nobody'] })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
      field: 'members',
    });
  });

  it('show entries of closed libraries to others as nothing that can be heard, and keep their places', async () => {
    const [one = '', two = ''] = tracks;
    const list = await make(mia, { trackIds: [one, secret, two], visibility: 'shared' });
    const entries = await read(leo, list.id, open);
    expect(entries.map(({ track }) => track?.id ?? null)).toEqual([one, null, two]);
    expect(await room.reads.get(leo, list.id, open)).toMatchObject({ entryCount: 3, playableCount: 2 });
    await expect(
      room.edits.add(change(leo, (await make(leo, {})).id, 1, open), {
        revision: 1,
        trackIds: [secret],
        before: null,
        duplicates: 'add',
      }),
    ).rejects.toMatchObject({ code: 'TRACK_NOT_FOUND', field: 'trackIds' });
  });

  it('keep an entry whose file is gone, and play it once the file is back', async () => {
    const [one = '', two = ''] = tracks.slice(20);
    const list = await make(mia, { trackIds: [one, two] });
    await test.db.query('UPDATE tracks SET available = false WHERE id = $1', [one]);
    expect((await read(mia, list.id)).map(({ track }) => track?.id ?? null)).toEqual([null, two]);
    await test.db.query('UPDATE tracks SET available = true WHERE id = $1', [one]);
    expect((await read(mia, list.id)).map(({ track }) => track?.id ?? null)).toEqual([one, two]);
  });

  it('are listed by title, page by page, one’s own and those of others apart', async () => {
    const kim = await addUser(test.db, 'kim');
    for (const title of ['The Zoo', 'ábc', 'B', '10', '9']) await make(kim, { title });
    await make(leo, { title: 'Bb', visibility: 'shared' });
    const titles = async (scope: 'all' | 'own' | 'shared', limit: number): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await room.reads.list(kim, { scope, limit, cursor }, null);
        found.push(...page.items.map(({ title }) => title));
        if (page.nextCursor === null) return found;
        cursor = page.nextCursor;
      }
    };
    expect(await titles('own', 2)).toEqual(['9', '10', 'ábc', 'B', 'The Zoo']);
    const shared = await titles('shared', 1);
    expect(shared).toContain('Bb');
    expect((await titles('all', 3)).sort()).toEqual([...shared, ...(await titles('own', 50))].sort());
  });

  it('take ten thousand at once, and one in front of them moves none', async () => {
    const list = await make(mia, {});
    const many = Array.from({ length: 10_000 }, (_, at) => tracks[at % tracks.length] ?? '');
    const { added, entryCount } = await add(list, 1, many);
    expect(entryCount).toBe(10_000);
    const marks = (): Promise<{ sum: string }[]> =>
      test.db.query('SELECT sum(position)::text AS sum FROM playlist_entries WHERE id = ANY($1::uuid[])', [
        added,
      ]);
    const before = await marks();
    await add(list, 2, [tracks[0] ?? ''], { before: added[0] ?? null });
    expect(await marks()).toEqual(before);
    const removed: Edited = await room.edits.remove(change(mia, list.id, 3), {
      revision: 3,
      entryIds: added.slice(1),
    });
    expect(removed).toEqual({ revision: 4, entryCount: 2 });
  });
});
