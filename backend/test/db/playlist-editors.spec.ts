import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isDatabaseUnavailable } from '../../src/common/problem.js';
import { findUntrueLists } from '../../src/integrity/playlists.js';
import { newPlaylistSchema, type Playlist } from '../../src/playlists/playlists.dto.js';
import { eventually } from '../support/client.js';
import { addLibrary, addTracks } from '../support/listed-tracks.js';
import { addUser, makePlaylists, type TestPlaylists } from '../support/playlists.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const EDITORS = 4;
const EDITS = 12;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;

describe('editors of one playlist at once', () => {
  let test: TestDatabase;
  let killer: pg.Client;
  let room: TestPlaylists;
  let mia: string;
  let tracks: readonly string[];

  beforeAll(async () => {
    test = await testDatabase();
    killer = new pg.Client({ connectionString: test.url });
    await killer.connect();
    room = makePlaylists(test.db);
    mia = await addUser(test.db, 'mia');
    const songs = Array.from({ length: EDITORS * EDITS }, (_, at) => ({
      path: `${at}.flac`,
      tags: { title: `Song ${at}` },
    }));
    tracks = await addTracks(test.db, await addLibrary(test.db, 'hall'), songs);
  });
  afterAll(async () => {
    await killer.end();
    await test.close();
  });

  const make = (trackIds: readonly string[]): Promise<Playlist> =>
    room.lists.make(mia, newPlaylistSchema.parse({ title: 'List', trackIds }), null);
  const trackIdsOf = async (id: string): Promise<(string | undefined)[]> =>
    (await room.entries.page(mia, id, { limit: 500, cursor: undefined }, null)).items.map(
      ({ track }) => track?.id,
    );
  const untrue = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { what, problem } of findUntrueLists(test)) found.push(`${what}: ${problem}`);
    return found;
  };

  /** The last cut may have left connections in the pool of which nobody knows yet that they are dead. */
  const healed = (): Promise<boolean> =>
    eventually(
      async () => {
        const each = Array.from({ length: 40 }, () => test.db.query('SELECT pg_sleep(0.05)'));
        return (await Promise.allSettled(each)).every(({ status }) => status === 'fulfilled');
      },
      (isWell) => isWell,
    );

  it('lose no edit and make none twice, while their connections to the database are cut', async () => {
    const list = await make([]);
    let cuts = 0;
    /** As a client that was not answered does: it looks what stands there, and tries again if it has to. */
    const put = async (trackId: string): Promise<void> => {
      for (;;)
        try {
          const { revision } = await room.reads.get(mia, list.id, null);
          if ((await trackIdsOf(list.id)).includes(trackId)) return;
          const change = { userId: mia, playlistId: list.id, revision, visible: null };
          await room.edits.add(change, { revision, trackIds: [trackId], before: null, duplicates: 'refuse' });
          return;
        } catch (error) {
          if (codeOf(error) !== 'PLAYLIST_CHANGED' && !isDatabaseUnavailable(error)) throw error;
        }
    };
    const edit = async (editor: number): Promise<void> => {
      for (const trackId of tracks.slice(editor * EDITS, (editor + 1) * EDITS)) {
        await put(trackId);
        if (editor > 0) continue;
        const { rows } = await killer.query<{ cut: boolean }>(
          `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        cuts += rows.filter(({ cut }) => cut).length;
      }
    };
    await Promise.all(Array.from({ length: EDITORS }, (_, editor) => edit(editor)));
    expect(cuts).toBeGreaterThanOrEqual(EDITS);
    await healed();
    const standing = await trackIdsOf(list.id);
    expect([...standing].sort()).toEqual([...tracks].sort());
    for (let editor = 0; editor < EDITORS; editor++) {
      const own = tracks.slice(editor * EDITS, (editor + 1) * EDITS);
      expect(standing.filter((id) => id !== undefined && own.includes(id))).toEqual(own);
    }
    expect((await room.reads.get(mia, list.id, null)).revision).toBe(1 + tracks.length);
    expect(await untrue()).toEqual([]);
  });

  it('are told by fsck of a list that lost an entry, and of entries at one place, and it mends both', async () => {
    const [gone, tied] = [await make(tracks.slice(0, 3)), await make(tracks.slice(0, 3))];
    const places = (await trackIdsOf(tied.id)).length;
    await test.db.query(
      `DELETE FROM playlist_entries WHERE playlist_id = $1 AND position = (
         SELECT max(position) FROM playlist_entries WHERE playlist_id = $1)`,
      [gone.id],
    );
    await test.db.query('ALTER TABLE playlist_entries DROP CONSTRAINT playlist_entries_order');
    await test.db.query('UPDATE playlist_entries SET position = 7 WHERE playlist_id = $1', [tied.id]);
    expect(await untrue()).toEqual([
      `playlist ${gone.id}: it has 2 entries, and 3 were put in; those that are gone stand in a backup`,
      `playlist ${tied.id}: ${places} entries share 1 positions`,
    ]);
    for await (const { mend } of findUntrueLists(test)) await mend?.();
    expect(await untrue()).toEqual([]);
    expect(await trackIdsOf(tied.id)).toEqual(tracks.slice(0, 3));
    expect((await room.reads.get(mia, tied.id, null)).revision).toBe(2);
  });
});
