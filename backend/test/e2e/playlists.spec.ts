import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { Page } from '../../src/common/page.js';
import { LARGEST_IMPORT_BYTES, type Imported } from '../../src/playlist-files/playlist-files.dto.js';
import { PLAYLIST_FORMATS } from '../../src/playlist-files/playlist-formats.js';
import { LARGEST_COVER_BYTES, type EntryPage, type Playlist } from '../../src/playlists/playlists.dto.js';
import type { MadeShareDto, SharedMusic } from '../../src/shares/shares.dto.js';
import { eventually, type Client } from '../support/client.js';
import { fsck } from '../support/fsck.js';
import { blackPng } from '../support/png.js';
import { openHousehold, type Household } from '../support/things.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const BODY_LIMIT = 1 << 20;
const IMPORT = '/api/playlists/import';

describe('playlists over HTTP', () => {
  let house: Household;
  let tracks: readonly TrackSummary[];
  beforeAll(async () => {
    house = await openHousehold();
    tracks = (await house.mia.get<Page<TrackSummary>>('/api/tracks')).items;
  });
  afterAll(() => house.remove());

  const codeOf = async (response: Response): Promise<readonly unknown[]> => [
    response.status,
    ((await response.json()) as { readonly code?: string }).code,
  ];
  /** Says how much will come, and sends next to nothing: an answer to that alone cuts nobody off in the middle. */
  const announce = (
    client: Client,
    method: string,
    path: string,
    sizeBytes: number,
    type = 'application/json',
  ): { readonly answer: Promise<number | undefined>; readonly stop: () => void } => {
    const sending = request(new URL(path, client.url), {
      method,
      headers: { cookie: client.session, 'content-type': type, 'content-length': sizeBytes },
    });
    sending.write('{');
    const answer = new Promise<number | undefined>((resolve) => {
      sending.on('response', ({ statusCode }) => resolve(statusCode));
      sending.on('error', () => undefined);
    });
    return { answer, stop: () => void sending.destroy() };
  };
  const answerTo = async (...wish: Parameters<typeof announce>): Promise<number | undefined> => {
    const { answer, stop } = announce(...wish);
    const status = await answer;
    stop();
    return status;
  };
  const listsOf = async (): Promise<number> =>
    (await house.mia.get<Page<Playlist>>('/api/playlists?limit=500')).items.length;

  describe('that are imported', () => {
    it.each(PLAYLIST_FORMATS)('hold ten thousand entries of a file in %s', async (format) => {
      const ids = tracks.map(({ id }) => id);
      const trackIds = Array.from({ length: 10_000 }, (_, at) => ids[at % ids.length] ?? '');
      const { mia } = house;
      const { id } = await mia.json<Playlist>('POST', '/api/playlists', { title: 'Long', trackIds });
      const file = await mia.request('GET', `/api/playlists/${id}/export?format=${format}`);
      // As other players write it, with what is not understood in between.
      const content = (await file.text()).replaceAll('\n', `\n${' '.repeat(format === 'm3u8' ? 0 : 60)}`);
      const body = {
        format,
        content: format === 'm3u8' ? `${content}#${'x'.repeat(BODY_LIMIT)}\n` : content,
      };
      expect(Buffer.byteLength(JSON.stringify(body))).toBeGreaterThan(BODY_LIMIT);
      const imported = await mia.json<Imported>('POST', IMPORT, body);
      expect(imported).toMatchObject({ found: 10_000, missing: [], playlist: { entryCount: 10_000 } });
    });

    it('may be larger than other bodies, and have an end all the same', async () => {
      const before = await listsOf();
      expect(await answerTo(house.mia, 'POST', IMPORT, LARGEST_IMPORT_BYTES + 1)).toBe(400);
      expect(await answerTo(house.mia, 'POST', '/api/playlists', BODY_LIMIT + 1)).toBe(400);
      expect(await listsOf()).toBe(before);
    });

    it('are no way to make the server hold what nobody signed in has sent', async () => {
      expect(await answerTo(house.mia.another(), 'POST', IMPORT, 2 * BODY_LIMIT)).toBe(401);
    });

    it('are few at once of one person, and let others in', async () => {
      const large = JSON.stringify({ format: 'jspf', content: ' '.repeat(2 * BODY_LIMIT) });
      const { mia, leo } = house;
      const begun = [1, 2, 3].map(() => announce(mia, 'POST', IMPORT, 2 * BODY_LIMIT));
      // Those that were let in wait for the rest, and are not answered.
      expect(await Promise.race(begun.map(({ answer }) => answer))).toBe(429);
      expect((await leo.send('POST', IMPORT, large)).status).toBe(400);
      for (const { stop } of begun) stop();
      await eventually(
        async () => (await mia.send('POST', IMPORT, large).catch(() => null))?.status,
        (status) => status === 400,
      );
    });
  });

  describe('by a rule', () => {
    it('are what their owner likes, in each way to hear them, and never more than whoever listens sees', async () => {
      const { mia, leo, attic, admin } = house;
      await mia.json('PUT', `/api/me/opinions/track/${attic.track.id}`, { liked: true });
      const where = { match: 'all', rules: [{ field: 'liked', operator: 'is', value: true }] };
      const wish = { title: 'Liked', visibility: 'shared', rules: { where } };
      const { id } = await mia.json<Playlist>('POST', '/api/playlists', wish);
      const titles = async (client: Client): Promise<readonly (string | undefined)[]> =>
        (await client.get<EntryPage>(`/api/playlists/${id}/entries`)).items.map(({ track }) => track?.title);
      const zip = async (client: Client): Promise<number> => {
        const response = await client.request('GET', `/api/playlists/${id}/download`);
        await response.body?.cancel();
        return response.status;
      };
      const [hers, his, theirs] = [await titles(mia), await titles(leo), await titles(admin)];
      expect([hers, his, theirs]).toEqual([[attic.track.title], [], [attic.track.title]]);
      expect([await zip(mia), await zip(leo)]).toEqual([200, 404]);
      expect(await mia.get<Playlist>(`/api/playlists/${id}`)).toMatchObject({
        covers: [{ id: attic.album.artwork?.id }],
      });
      const { token } = await mia.json<MadeShareDto>('POST', '/api/shares', { kind: 'playlist', id });
      const nobody = mia.another();
      const shared = await nobody.json<SharedMusic>('POST', '/api/shares/look', { token });
      expect(shared).toMatchObject({ trackCount: 1, items: [{ id: attic.track.id }] });
      const queue = { token, trackIds: [attic.track.id], codec: 'opus' };
      expect((await nobody.request('POST', '/api/shares/playback', queue)).status).toBe(200);
      await mia.json('PUT', `/api/me/opinions/track/${attic.track.id}`, { liked: false });
      expect((await nobody.request('POST', '/api/shares/playback', queue)).status).toBe(404);
    });
  });

  describe('with a cover of their own', () => {
    const cover = blackPng(300, 200);
    const make = (wish: object = {}): Promise<Playlist> =>
      house.mia.json('POST', '/api/playlists', { title: 'Dusk', trackIds: [tracks[0]?.id], ...wish });
    const put = (
      { id, revision }: Pick<Playlist, 'id' | 'revision'>,
      picture: unknown,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Response> =>
      house.mia.request('PUT', `/api/playlists/${id}/cover?revision=${revision}`, picture, headers);
    const covered = async (wish: object = {}): Promise<Playlist> => {
      const response = await put(await make(wish), cover);
      expect(response.status).toBe(200);
      return (await response.json()) as Playlist;
    };
    const get = (id: string): Promise<Playlist> => house.mia.get(`/api/playlists/${id}`);
    const who = ({ artwork }: Pick<Playlist, 'artwork'>): Promise<number[]> =>
      Promise.all(
        [house.mia, house.leo, house.admin].map(
          async (client) => (await client.request('GET', `/api/artwork/${artwork?.id}?size=256`)).status,
        ),
      );
    const change = ({ id, revision }: Playlist, wish: object): Promise<Playlist> =>
      house.mia.json('PATCH', `/api/playlists/${id}`, { revision, ...wish });

    it('show it to those alone who see the list, and to nobody once it is gone', async () => {
      const list = await covered();
      expect(list).toMatchObject({ revision: 2, artwork: { width: 300, height: 200 } });
      expect(await who(list)).toEqual([200, 404, 404]);
      const shared = await change(list, { visibility: 'shared' });
      expect(await who(shared)).toEqual([200, 200, 200]);
      const together = await change(shared, { visibility: 'collaborative', members: ['leo'] });
      expect(await who(together)).toEqual([200, 200, 404]);
      const own = await change(together, { visibility: 'private' });
      expect(await who(own)).toEqual([200, 404, 404]);
      expect((await house.mia.request('DELETE', `/api/playlists/${list.id}`)).status).toBe(204);
      expect(await who(list)).toEqual([404, 404, 404]);
    });

    it('keep it apart from the same picture of another list, and put a new one in its place', async () => {
      const [list, other] = [await covered(), await covered({ visibility: 'shared' })];
      expect(list.artwork?.id).not.toBe(other.artwork?.id);
      expect(await who(list)).toEqual([200, 404, 404]);
      const replaced = (await (await put(list, blackPng(64, 64))).json()) as Playlist;
      expect(replaced).toMatchObject({ artwork: { width: 64 }, revision: 3 });
      expect(await who(list)).toEqual([404, 404, 404]);
      const path = `/api/playlists/${list.id}/cover?revision=${replaced.revision}`;
      expect(await house.mia.json('DELETE', path)).toMatchObject({ artwork: null, revision: 4 });
      expect(await who(replaced)).toEqual([404, 404, 404]);
      expect(await who(other)).toEqual([200, 200, 200]);
    });

    it('keep the one they have where a new one is none', async () => {
      const list = await covered();
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
      const refused = async (
        picture: unknown,
        headers: Readonly<Record<string, string>> = {},
        of: Pick<Playlist, 'id' | 'revision'> = list,
      ): Promise<readonly unknown[]> => codeOf(await put(of, picture, headers));
      expect(await refused(svg)).toEqual([400, 'BAD_IMAGE']);
      expect(await refused(svg, { 'content-type': 'image/svg+xml' })).toEqual([
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ]);
      expect(await refused({ picture: 'x' })).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
      expect(await refused(undefined)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
      expect(await refused(cover.subarray(0, 60))).toEqual([400, 'BAD_IMAGE']);
      expect(await refused(blackPng(10_000, 10_000))).toEqual([400, 'BAD_IMAGE']);
      const path = `/api/playlists/${list.id}/cover?revision=2`;
      expect(await answerTo(house.mia, 'PUT', path, LARGEST_COVER_BYTES + 1, 'image/png')).toBe(400);
      expect(await refused(cover, {}, { ...list, revision: 1 })).toEqual([409, 'PLAYLIST_CHANGED']);
      expect(await refused(cover, {}, { ...list, revision: 0 })).toEqual([400, 'INVALID_BODY']);
      expect(await get(list.id)).toEqual(list);
      expect(await who(list)).toEqual([200, 404, 404]);
    });

    it('leave the pictures of other routes what they were: refused', async () => {
      const response = await house.mia.request('POST', '/api/playlists', cover);
      expect(await codeOf(response)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    });

    it('show it by a link, as long as there is the list', async () => {
      const list = await covered();
      const share = { kind: 'playlist', id: list.id };
      const { token } = await house.mia.json<MadeShareDto>('POST', '/api/shares', share);
      const nobody = house.mia.another();
      const { artwork } = await nobody.json<SharedMusic>('POST', '/api/shares/look', { token });
      const statusOf = async (): Promise<number> =>
        (await nobody.request('GET', artwork?.url.replace('$Size$', '256') ?? '')).status;
      expect([artwork?.width, await statusOf()]).toEqual([300, 200]);
      await house.mia.request('DELETE', `/api/playlists/${list.id}`);
      expect(await statusOf()).toBe(404);
    });

    it('lose it where its files got lost, and leave none behind: fsck says so and mends it', async () => {
      const [list, other] = [await covered(), await covered()];
      await house.mia.request('DELETE', `/api/playlists/${other.id}`);
      await rm(join(house.dataDir, 'store/artwork', list.artwork?.id ?? 'none'), { recursive: true });
      const { lines } = await fsck(house.dataDir, '--grace', '0');
      expect(lines.filter((line) => line.includes(list.artwork?.id ?? 'none'))).toEqual([
        expect.stringMatching(/^I4 artwork \S+: 12 of its 12 pictures are not in the store$/),
      ]);
      expect(lines.filter((line) => line.includes(other.artwork?.id ?? 'none'))).toHaveLength(12);
      expect(await fsck(house.dataDir, '--grace', '0', '--repair')).toMatchObject({ code: 0 });
      expect(await get(list.id)).toMatchObject({ artwork: null });
    });
  });
});
