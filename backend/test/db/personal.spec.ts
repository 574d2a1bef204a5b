import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import { Notifier } from '../../src/database/notifier.js';
import { PERSONAL_PARTS } from '../../src/personal-parts.js';
import { PersonalExport } from '../../src/personal/personal-export.js';
import { findWrongCounts } from '../../src/plays/counts.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { Revocations } from '../../src/users/revocations.js';
import type { SignedIn } from '../../src/users/signed-in.js';
import { addPlainTracks } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { device, makeUsers, type TestUsers } from '../support/users.js';

type Export = Record<string, readonly Record<string, unknown>[]>;
const PASSWORD = 'battery staple';
const PLAYS = 2100;

/** Columns that refer to users, or are called as if they did. */
const PEOPLE = `
  SELECT c.relname || '.' || a.attname AS name FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(k.conkey)
   WHERE k.contype = 'f' AND k.confrelid = 'users'::regclass
  UNION
  SELECT table_name || '.' || column_name FROM information_schema.columns
   WHERE table_schema = 'public' AND column_name ~ '^(user|owner|member|listener|actor|author|created_by|added_by)(_id)?$'
  UNION SELECT 'users.id'`;

/** Tables that belong to one which names a person, and name nobody themselves. */
const PARTS_OF_PERSONAL = `
  SELECT DISTINCT c.relname || '.*' AS name FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_class whole ON whole.oid = k.confrelid
   WHERE k.contype = 'f' AND k.confdeltype = 'c' AND whole.relname = ANY($1) AND whole.relname <> c.relname`;

describe('everything that is kept of a person', () => {
  let database: TestDatabase;
  let notifier: Notifier;
  let people: TestUsers;
  let mia: SignedIn;
  let admin: SignedIn;

  const who = async (username: string, role: SignedIn['role']): Promise<SignedIn> => {
    const { id } = await people.accounts.add(admin, username, PASSWORD, role);
    return { ...admin, userId: id, username, role };
  };
  const one = (sql: string, ...params: readonly unknown[]): Promise<unknown> =>
    database.db.query(sql, params);

  beforeAll(async () => {
    database = await testDatabase();
    const { db } = database;
    notifier = new Notifier(db);
    people = makeUsers(db, new Revocations(db, notifier));
    admin = {
      userId: newId(),
      username: 'ada',
      role: 'admin',
      holder: '',
      credentialId: newId(),
      scopes: null,
    };
    await one(`INSERT INTO users (id, username, role) VALUES ($1, 'ada', 'admin')`, admin.userId);
    mia = await who('mia', 'listener');
    const leo = await who('leo', 'listener');
    const { libraryId, trackIds } = await addPlainTracks(db, 4);
    const [track = ''] = trackIds;
    const startedAt = new Date('2026-01-02T03:04:05Z');
    const rows = Array.from({ length: PLAYS }, () =>
      playRow({ userId: mia.userId, trackId: track, startedAt }),
    );
    await db.transaction((tx) =>
      new PlayRepository(db).add([...rows, playRow({ userId: leo.userId, trackId: track, startedAt })], tx),
    );
    await people.sessions.open(mia.userId, device());
    await people.keys.make(mia.userId, { name: 'Mia’s phone', scopes: ['read'], expiresAt: null });
    const list = newId();
    const weekly = newId();
    const share = newId();
    for (const [sql, ...params] of [
      [`INSERT INTO sign_in_places (user_id, address) VALUES ($1, sha256('x'))`, mia.userId],
      [
        `INSERT INTO invitations (id, token_hash, role, created_by, expires_at) VALUES ($2, sha256('y'), 'guest', $1, now())`,
        mia.userId,
        newId(),
      ],
      [
        `INSERT INTO audit_log (id, actor_id, actor_name, action) VALUES ($2, $1, 'mia', 'x')`,
        mia.userId,
        newId(),
      ],
      ['INSERT INTO library_members (library_id, user_id) VALUES ($2, $1)', mia.userId, libraryId],
      [
        `INSERT INTO opinions (id, user_id, track_id, rating) VALUES ($2, $1, $3, 5)`,
        mia.userId,
        newId(),
        track,
      ],
      ['INSERT INTO forgotten_plays (user_id, play_id) VALUES ($1, $2)', mia.userId, newId()],
      [
        `INSERT INTO playlists (id, owner_id, title, sort_key) VALUES ($2, $1, 'Rain', 'rain')`,
        mia.userId,
        list,
      ],
      [
        'INSERT INTO playlist_entries (id, playlist_id, position, track_id, added_by) VALUES ($2, $3, 1, $4, $1)',
        mia.userId,
        newId(),
        list,
        track,
      ],
      ['INSERT INTO playlist_members (playlist_id, user_id) VALUES ($2, $1)', mia.userId, list],
      [
        `INSERT INTO artworks (id, source_hash, width, height, color, placeholder, playlist_id)
         VALUES ($1, sha256('cover'), 9, 9, '#000', '', $2)`,
        newId(),
        list,
      ],
      [
        `INSERT INTO saved_queues (user_id, revision, track_ids, current_index) VALUES ($1, 1, $2, 0)`,
        mia.userId,
        [track],
      ],
      [
        `INSERT INTO shares (id, token_hash, track_id, created_by, expires_at) VALUES ($2, sha256('z'), $3, $1, now())`,
        mia.userId,
        share,
        track,
      ],
      [
        `INSERT INTO weekly_lists (id, user_id, week, path) VALUES ($2, $1, '2026-11-23', 'start')`,
        mia.userId,
        weekly,
      ],
      [
        `INSERT INTO weekly_tracks (id, list_id, position, track_id, novelty, movement, source, score, reason)
         VALUES ($1, $2, 0, $3, 1, 1, 'model', 1, '{}')`,
        newId(),
        weekly,
        track,
      ],
      ['INSERT INTO taste_settings (user_id) VALUES ($1)', mia.userId],
      ['INSERT INTO taste_blocks (id, user_id, track_id) VALUES ($2, $1, $3)', mia.userId, newId(), track],
      [
        `INSERT INTO taste_exclusions (id, user_id, playlist_id) VALUES ($2, $1, $3)`,
        mia.userId,
        newId(),
        list,
      ],
      ['INSERT INTO listener_weights (user_id, track_id, gain) VALUES ($1, $2, 1)', mia.userId, track],
      ['INSERT INTO share_people (share_id, user_id) VALUES ($1, $2)', share, leo.userId],
    ] as const)
      await one(sql, ...params);
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await database.close();
  });

  const textOf = async (userId: string): Promise<string> => {
    let text = '';
    for await (const piece of new PersonalExport(database.db, PERSONAL_PARTS).text(userId)) text += piece;
    return text;
  };

  it('is told by a part: a table that names people and is in none fails here', async () => {
    const told = new Set(PERSONAL_PARTS.flatMap(({ tells }) => tells));
    const tables = [...told].map((column) => column.split('.')[0]).filter((table) => table !== 'users');
    const named = await database.db.query<{ name: string }>(PEOPLE);
    const within = await database.db.query<{ name: string }>(PARTS_OF_PERSONAL, [tables]);
    const isTold = (name: string): boolean =>
      told.has(name) || [...told].some((each) => name.endsWith('.*') && each.startsWith(name.slice(0, -1)));
    const untold = [...named, ...within].map(({ name }) => name).filter((name) => !isTold(name));
    expect(untold).toEqual([]);
  });

  it('goes out as JSON, all rows of every part, without a secret and without anything of others', async () => {
    const text = await textOf(mia.userId);
    const exported = JSON.parse(text) as Export;
    expect(exported).toMatchObject({ format: 'kanade-export', version: 1 });
    expect(PERSONAL_PARTS.filter(({ name }) => exported[name]?.length === 0)).toEqual([]);
    expect(exported['plays']).toHaveLength(PLAYS);
    expect(new Set(exported['plays']?.map(({ id }) => id)).size).toBe(PLAYS);
    expect(exported['account']).toMatchObject([{ username: 'mia', role: 'listener' }]);
    expect(exported['opinions']).toMatchObject([{ kind: 'track', name: 'Track 1', rating: 5 }]);
    const secrets = await database.db.query<{ secret: Buffer | string }>(
      `SELECT password_hash AS secret FROM users UNION ALL
       SELECT encode(token_hash, 'hex') FROM sessions UNION ALL SELECT encode(token_hash, 'base64') FROM sessions UNION ALL
       SELECT encode(token_hash, 'hex') FROM api_keys UNION ALL SELECT encode(token_hash, 'hex') FROM shares UNION ALL
       SELECT encode(token_hash, 'hex') FROM invitations UNION ALL SELECT encode(address, 'hex') FROM sign_in_places`,
    );
    for (const { secret } of secrets) if (secret !== null) expect(text).not.toContain(String(secret));
    expect(text).not.toMatch(/hash|"data":\[/i);
    const leos = JSON.parse(await textOf(admin.userId)) as Export;
    expect(leos['plays']).toEqual([]);
  });

  it('names what others put into one’s lists where one can hear it, and else not', async () => {
    await one(
      `INSERT INTO playlist_entries (id, playlist_id, position, track_id, added_by)
       SELECT $1, playlists.id, 2, tracks.id, $2 FROM playlists, tracks WHERE tracks.title = 'Track 2'`,
      newId(),
      admin.userId,
    );
    const named = async (): Promise<unknown> =>
      (JSON.parse(await textOf(mia.userId)) as Export)['playlistEntries']?.map(({ title }) => title);
    expect(await named()).toEqual(['Track 1', 'Track 2']);
    await one('DELETE FROM library_members');
    await one('UPDATE libraries SET open_role = NULL');
    // What she put there herself she has known by its name.
    expect(await named()).toEqual(['Track 1', null]);
    await one(`UPDATE libraries SET open_role = 'listener'`);
    expect(await named()).toEqual(['Track 1', 'Track 2']);
  });

  it('goes with the account, which asks for the password; the counters stay true', async () => {
    const { address } = device();
    await expect(people.accounts.removeOwn(mia, address, 'x')).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    });
    await people.accounts.removeOwn(mia, address, PASSWORD);
    for (const { name } of await database.db.query<{ name: string }>(PEOPLE)) {
      const [table = '', column = ''] = name.split('.');
      const rows = await one(`SELECT FROM ${table} WHERE ${column} = $1`, mia.userId);
      expect([name, rows]).toEqual([name, []]);
    }
    expect(await database.db.query('SELECT FROM playlist_entries')).toEqual([]);
    expect(await findWrongCounts(database.db)).toEqual([]);
    const counts = await database.db.first('SELECT plays::int, listeners FROM track_counts');
    expect(counts).toEqual({ plays: 1, listeners: 1 });
    const entry = await database.db.first<{ name: string; target: string }>(
      `SELECT actor_name AS name, target_id AS target FROM audit_log WHERE action = 'user.remove'`,
    );
    expect(entry).toEqual({ name: 'mia', target: mia.userId });
  });

  it('stays while it is the last administrator’s', async () => {
    const eva = await who('eva', 'admin');
    await one('DELETE FROM users WHERE id = $1', admin.userId);
    const { address } = device(2);
    await expect(people.accounts.removeOwn(eva, address, PASSWORD)).rejects.toMatchObject({
      code: 'LAST_ADMINISTRATOR',
    });
    expect(await people.users.getById(eva.userId)).toMatchObject({ username: 'eva' });
  });
});
