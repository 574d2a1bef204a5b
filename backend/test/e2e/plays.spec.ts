import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TrackSummary } from '../../src/catalog/catalog.dto.js';
import { newId } from '../../src/common/id.js';
import type { Page } from '../../src/common/page.js';
import type { ManagedLibraries } from '../../src/libraries/libraries.dto.js';
import type { HistoryEntry, PlayReceipt } from '../../src/plays/plays.dto.js';
import type { MostPlayed, YearStatistics } from '../../src/plays/statistics.dto.js';
import { eventually, type Client } from '../support/client.js';
import { MusicServer } from '../support/music-server.js';
import { askDatabase } from '../support/server-database.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const DAY = 86_400_000;

describe('what a listener played', () => {
  let music: MusicServer;
  let mia: Client;
  let leo: Client;
  let tracks: readonly TrackSummary[];

  beforeAll(async () => {
    music = await MusicServer.start();
    await music.settled(({ files }) => files.ready > 5);
    const person = async (username: string): Promise<Client> => {
      const body = { username, password: 'battery staple', role: 'listener' };
      await music.client.json('POST', '/api/users', body);
      const client = music.client.another();
      await client.signIn(username, body.password);
      return client;
    };
    [mia, leo] = [await person('mia'), await person('leo')];
    tracks = (await mia.get<Page<TrackSummary>>('/api/tracks')).items;
  });
  afterAll(() => music.remove());

  const event = (track: TrackSummary | undefined, over: object = {}) => ({
    id: newId(),
    trackId: track?.id ?? '',
    startedAt: new Date(Date.now() - DAY).toISOString(),
    playedMs: track?.durationMs ?? 0,
    ...over,
  });
  const report = (client: Client, events: readonly unknown[]): Promise<PlayReceipt> =>
    client.json('POST', '/api/plays', events);
  const history = async (client: Client, query = ''): Promise<readonly HistoryEntry[]> =>
    (await client.get<Page<HistoryEntry>>(`/api/me/history${query}`)).items;
  const counts = async (trackId: string): Promise<unknown> => {
    const [row] = await askDatabase(
      music.dataDir,
      `SELECT plays::int, listeners, skips::int FROM track_counts WHERE track_id = '${trackId}'`,
    );
    return row;
  };

  it('is taken once, each event judged alone, and told newest first', async () => {
    const [one, two, three] = tracks;
    const heard = event(one, { startedAt: new Date(Date.now() - 3 * DAY).toISOString() });
    const skipped = event(two, { playedMs: 100, context: { endedBy: 'next', source: 'album' } });
    const nothing = event(three, { trackId: newId() });
    const endless = event(three, { playedMs: -1 });
    const answer = await report(mia, [skipped, heard, nothing, endless, { ...heard, playedMs: 0 }]);
    expect(answer).toEqual({
      accepted: [skipped.id, heard.id],
      duplicates: [heard.id],
      rejected: [
        { id: endless.id, code: 'INVALID_PLAY', field: 'playedMs' },
        { id: nothing.id, code: 'TRACK_NOT_FOUND', field: 'trackId' },
      ],
    });
    const again = await report(mia, [{ ...heard, playedMs: 1 }, skipped]);
    expect(again).toEqual({ accepted: [], duplicates: [heard.id, skipped.id], rejected: [] });
    expect((await history(mia)).map(({ id, outcome, track }) => [id, outcome, track.id])).toEqual([
      [skipped.id, 'skip', two?.id],
      [heard.id, 'play', one?.id],
    ]);
    expect((await history(mia, '?outcome=skip')).map(({ source }) => source)).toEqual(['album']);
    const first = await mia.get<Page<HistoryEntry>>('/api/me/history?limit=1');
    expect((await history(mia, `?limit=1&cursor=${first.nextCursor}`)).map(({ id }) => id)).toEqual([
      heard.id,
    ]);
    expect(await history(leo)).toEqual([]);
  });

  it('keeps what the recommender learns from, and puts wrong clocks right', async () => {
    const context = {
      source: 'discoverWeekly',
      sourceId: newId(),
      passive: true,
      modelVersion: '2026-11-23',
      position: 4,
      endedBy: 'finished',
    };
    const sent = event(tracks[3], { context, startedAt: '1970-01-01T00:00:00Z' });
    await report(leo, [sent, event(tracks[3], { startedAt: '2999-01-01T00:00:00+09:00' })]);
    const rows = await askDatabase(
      music.dataDir,
      `SELECT source, source_id, passive, model_version, position, ended_by, clock, told_started_at, outcome,
         started_at > now() - interval '1 hour' AND started_at < now() AS placed FROM plays
        WHERE track_id = '${tracks[3]?.id}' ORDER BY told_started_at`,
    );
    expect(rows[0]).toEqual({
      source: 'discoverWeekly',
      source_id: context.sourceId,
      passive: true,
      model_version: '2026-11-23',
      position: 4,
      ended_by: 'finished',
      clock: 'behind',
      told_started_at: new Date(0),
      outcome: 'play',
      placed: true,
    });
    expect(rows[1]).toMatchObject({ clock: 'ahead', placed: true, source: null, passive: false });
    expect(await counts(tracks[3]?.id ?? '')).toEqual({ plays: 2, listeners: 1, skips: 0 });
  });

  it('is counted once however many devices send the same at once', async () => {
    const events = Array.from({ length: 200 }, (_, at) => event(tracks[at % 3]));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, at) => report(mia, at % 2 === 0 ? events : events.toReversed())),
    );
    const accepted = answers.flatMap((answer) => answer.accepted);
    expect(accepted.sort()).toEqual(events.map(({ id }) => id).sort());
    expect(answers.every(({ rejected }) => rejected.length === 0)).toBe(true);
    // Another listener’s ids are their own.
    expect((await report(leo, events.slice(0, 3))).accepted).toHaveLength(3);
    const [sum] = await askDatabase(
      music.dataDir,
      `SELECT (SELECT sum(plays)::int FROM track_counts) AS kept,
              (SELECT count(*)::int FROM plays WHERE outcome = 'play') AS counted`,
    );
    expect(sum).toEqual({ kept: 206, counted: 206 });
  });

  it('all entries of a track are taken out for good, and nobody else’s', async () => {
    const track = tracks[4];
    const sent = [event(track), event(track), event(track)];
    await report(mia, sent);
    await report(leo, [event(track)]);
    const remove = async (client: Client): Promise<number> =>
      (await client.request('DELETE', `/api/me/history/tracks/${track?.id ?? ''}`)).status;
    expect([await remove(mia), await remove(mia)]).toEqual([204, 404]);
    expect(await counts(track?.id ?? '')).toEqual({ plays: 1, listeners: 1, skips: 0 });
    expect((await report(mia, sent)).accepted).toEqual([]);
    expect((await history(mia)).some((entry) => sent.some(({ id }) => id === entry.id))).toBe(false);
    expect(await remove(leo)).toBe(204);
    expect(await counts(track?.id ?? '')).toEqual({ plays: 0, listeners: 0, skips: 0 });
  });

  it('an entry is taken out for good, and out of the counts', async () => {
    const track = tracks[4];
    const sent = event(track);
    await report(mia, [sent]);
    expect(await counts(track?.id ?? '')).toEqual({ plays: 1, listeners: 1, skips: 0 });
    const remove = async (client: Client): Promise<number> =>
      (await client.request('DELETE', `/api/me/history/${sent.id}`)).status;
    expect([await remove(leo), await remove(mia), await remove(mia)]).toEqual([404, 204, 404]);
    expect(await counts(track?.id ?? '')).toEqual({ plays: 0, listeners: 0, skips: 0 });
    expect(await report(mia, [sent])).toEqual({ accepted: [], duplicates: [sent.id], rejected: [] });
    expect((await history(mia)).some(({ id }) => id === sent.id)).toBe(false);
  });

  it.each([
    ['no list', {}],
    ['a field of its own', [{ ...event(undefined), userId: newId() }]],
    ['a context of its own', [{ ...event(undefined), context: { endedBy: 'next', weight: 9 } }]],
    ['an id that is none', [{ ...event(undefined), id: '1 OR 1=1' }]],
    ['a NUL', [{ ...event(undefined), context: { sourceId: 'a\0b' } }]],
    ['no track', [{ id: newId(), startedAt: new Date().toISOString(), playedMs: 1 }]],
    ['too many', Array.from({ length: 1001 }, () => event(undefined))],
  ])('is refused as a whole: %s', async (_, body) => {
    const response = await mia.request('POST', '/api/plays', body);
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'INVALID_BODY' }]);
  });

  it.each([
    ['trackId', 'x'],
    ['startedAt', 'yesterday'],
    ['startedAt', 1e12],
    ['playedMs', 0.5],
    ['playedMs', '1000'],
    ['playedMs', 1e15],
    ['context.source', "album' OR 'a'='a"],
    ['context.sourceId', 'a\u0007b'],
    ['context.sourceId', '\u202eevil'],
    ['context.modelVersion', 'm'.repeat(300)],
    ['context.position', -1],
    ['context.passive', 'yes'],
    ['context.endedBy', '⏭️'],
  ])('one event is refused for its %s %j, and no other for it', async (field, value) => {
    const [name, inner] = field.split('.') as [string, string?];
    const wrong = event(tracks[5], { [name]: inner === undefined ? value : { [inner]: value } });
    const right = event(tracks[5], { playedMs: 1 });
    expect(await report(leo, [wrong, right])).toEqual({
      accepted: [right.id],
      duplicates: [],
      rejected: [{ id: wrong.id, code: 'INVALID_PLAY', field }],
    });
  });

  it.each([
    ['history', '?limit=0'],
    ['history', '?limit=501'],
    ['history', '?limit=1&limit=2'],
    ['history', '?cursor=x'],
    ['history', '?cursor=bnVsbA'],
    ['history', '?outcome=all'],
    ['most-played/genre', ''],
    ['most-played/track', '?range=decade'],
    ['most-played/track', '?range=week&range=all'],
    ['most-played/album', '?cursor=WyJ0b3AucGxheXMiLCIxOyBEUk9QIiwieCJd'],
    ['forgotten-favourites', '?limit=-1'],
    ['statistics/0', ''],
    ['statistics/20260', ''],
    ['statistics/2026', '?timeZone=Nowhere'],
    ['statistics/2026', "?timeZone=UTC'; SELECT pg_sleep(9); --"],
    ['statistics/2026', '?timeZone=UTC&timeZone=UTC'],
  ])('a list is asked for rightly, not %s%s', async (list, query) => {
    const response = await mia.request('GET', `/api/me/${list}${query}`);
    const { code } = (await response.json()) as { code: string };
    expect([response.status, /^INVALID_(BODY|CURSOR)$/.test(code)]).toEqual([400, true]);
  });

  it('is summed up, of everybody alone', async () => {
    const [first] = (await mia.get<Page<MostPlayed>>('/api/me/most-played/track?range=week')).items;
    expect(tracks.slice(0, 3).map(({ id }) => id)).toContain(first?.item.id);
    const year = new Date(Date.now() - DAY).getUTCFullYear();
    const mine = await mia.get<YearStatistics>(`/api/me/statistics/${year}?timeZone=Asia/Tokyo`);
    const his = await leo.get<YearStatistics>(`/api/me/statistics/${year}`);
    expect(mine.plays).toBeGreaterThan(his.plays);
    expect(mine.topArtists.length).toBeGreaterThan(0);
    expect((await mia.get<Page<MostPlayed>>('/api/me/forgotten-favourites')).items).toEqual([]);
  });

  it('needs a key that may write', async () => {
    const withKey = async (scope: string): Promise<number> => {
      const { key } = await mia.json<{ key: string }>('POST', '/api/me/keys', {
        name: scope,
        scopes: [scope],
      });
      const headers = { authorization: `Bearer ${key}` };
      return (await mia.another().request('POST', '/api/plays', [], headers)).status;
    };
    expect([await withKey('read'), await withKey('write')]).toEqual([403, 200]);
  });

  it('of a folder that is closed is neither taken nor told', async () => {
    const [library] = (await music.client.get<ManagedLibraries>('/api/libraries')).items;
    const open = (openTo: string | null): Promise<unknown> =>
      music.client.json('PATCH', `/api/libraries/${library?.id}`, { openTo });
    await open('curator');
    const late = event(tracks[0]);
    expect(await report(mia, [late])).toMatchObject({
      accepted: [],
      rejected: [{ code: 'TRACK_NOT_FOUND' }],
    });
    expect(await history(mia)).toEqual([]);
    await open('listener');
    expect((await report(mia, [late])).accepted).toEqual([late.id]);
  });

  it('a listener takes everything along and leaves: nothing lets them in a minute later, and counts stay true', async () => {
    const { key } = await leo.json<{ key: string }>('POST', '/api/me/keys', {
      name: 'app',
      scopes: ['read'],
    });
    const byKey = async (path: string): Promise<number> =>
      (await leo.another().request('GET', path, undefined, { authorization: `Bearer ${key}` })).status;
    let address = '';
    const media = async (): Promise<number> => {
      const response = await music.media(address);
      await response.body?.cancel();
      return response.status;
    };
    // What was signed in the second in which a folder was closed above is refused with all before it.
    const renewed = async (): Promise<number> => {
      const grant = await leo.get<{ original: string }>(`/api/tracks/${tracks[0]?.id}/playback`);
      address = grant.original;
      return media();
    };
    expect(await eventually(renewed, (status) => status === 200, 60_000)).toBe(200);
    const answer = await leo.request('GET', '/api/me/export');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="kanade-export.json"');
    const exported = (await answer.json()) as Record<string, readonly Record<string, unknown>[]>;
    expect(exported['account']).toMatchObject([{ username: 'leo' }]);
    expect(exported['keys']).toMatchObject([{ name: 'app' }]);
    expect(exported['plays']?.length).toBeGreaterThan(3);
    expect([await byKey('/api/me'), await byKey('/api/me/export'), await media()]).toEqual([200, 403, 200]);

    const leave = async (client: Client, body: object): Promise<unknown> => {
      const response = await client.request('POST', '/api/me/deletion', body);
      return response.status === 204 ? 204 : ((await response.json()) as { code: string }).code;
    };
    expect(await leave(leo, { password: 'wrong' })).toBe('WRONG_PASSWORD');
    expect(await leave(leo, { password: 'battery staple', userId: newId() })).toBe('INVALID_BODY');
    expect(await leave(music.client, { password: 'correct horse' })).toBe('LAST_ADMINISTRATOR');
    const other = leo.another();
    await other.signIn('leo', 'battery staple');
    expect(await leave(leo, { password: 'battery staple' })).toBe(204);
    expect([(await other.request('GET', '/api/me')).status, await byKey('/api/me')]).toEqual([401, 401]);
    await eventually(media, (status) => status === 403, 60_000);
    const [sums] = await askDatabase(
      music.dataDir,
      `SELECT (SELECT sum(plays)::int FROM track_counts) = (SELECT count(*) FROM plays WHERE outcome = 'play') AS equal,
              (SELECT count(DISTINCT user_id)::int FROM plays) AS listeners`,
    );
    expect(sums).toEqual({ equal: true, listeners: 1 });
  });
});
