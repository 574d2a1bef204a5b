import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { request } from 'node:http';
import type { TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { Page } from '../../src/common/page.js';
import { LARGEST_IMPORT_BYTES, type Imported } from '../../src/playlist-files/playlist-files.dto.js';
import { PLAYLIST_FORMATS } from '../../src/playlist-files/playlist-formats.js';
import type { Playlist } from '../../src/playlists/playlists.dto.js';
import { eventually, type Client } from '../support/client.js';
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
      const tooLarge = JSON.stringify({ format: 'm3u8', content: 'x'.repeat(LARGEST_IMPORT_BYTES) });
      expect(await codeOf(await house.mia.send('POST', IMPORT, tooLarge))).toEqual([413, 'BODY_TOO_LARGE']);
      const title = JSON.stringify({ title: 'x'.repeat(BODY_LIMIT) });
      const other = await house.mia.send('POST', '/api/playlists', title);
      expect(await codeOf(other)).toEqual([413, 'BODY_TOO_LARGE']);
      expect(await listsOf()).toBe(before);
    });

    it('are no way to make the server hold what nobody signed in has sent', async () => {
      const large = JSON.stringify({ format: 'm3u8', content: 'x'.repeat(2 * BODY_LIMIT) });
      const nobody = house.mia.another();
      expect(await codeOf(await nobody.send('POST', IMPORT, large))).toEqual([401, 'NOT_SIGNED_IN']);
    });

    it('are few at once of one person, and let others in', async () => {
      const large = JSON.stringify({ format: 'jspf', content: ' '.repeat(2 * BODY_LIMIT) });
      const { mia, leo } = house;
      const halfSent = [1, 2].map(() => {
        const sending = request(new URL(IMPORT, mia.url), {
          method: 'POST',
          headers: {
            cookie: mia.session,
            'content-type': 'application/json',
            'content-length': 2 * BODY_LIMIT,
          },
        });
        sending.on('error', () => undefined);
        sending.write('{');
        return sending;
      });
      const statusOf = async (client: Client): Promise<number> =>
        (await client.send('POST', IMPORT, large)).status;
      await eventually(
        () => statusOf(mia),
        (status) => status === 429,
      );
      expect(await statusOf(leo)).toBe(400);
      for (const sending of halfSent) sending.destroy();
      await eventually(
        () => statusOf(mia),
        (status) => status === 400,
      );
    });
  });
});
