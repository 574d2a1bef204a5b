import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FORMATS, PLAYLIST_FORMATS } from '../../src/playlist-files/playlist-formats.js';
import type { Imported } from '../../src/playlist-files/playlist-files.dto.js';
import { newPlaylistSchema } from '../../src/playlists/playlists.dto.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { addLibrary, addTracks } from '../support/listed-tracks.js';
import { addUser, makePlaylists, type TestPlaylists } from '../support/playlists.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const RECORDING = '5b11f4ce-a62d-471e-81fc-a69a8278c7da';
const tags = (title: string, artist: string, album: string) => ({ title, artists: [artist], album });

describe('files of playlists', () => {
  let test: TestDatabase;
  let room: TestPlaylists;
  let mia: string;
  let hall: string;
  let attic: string;
  let far: string;
  let again: string;
  let sea: string;
  let hidden: string;

  beforeAll(async () => {
    test = await testDatabase();
    room = makePlaylists(test.db);
    mia = await addUser(test.db, 'mia');
    hall = await addLibrary(test.db, 'hall');
    attic = await addLibrary(test.db, 'attic');
    const musicBrainz = { ...NO_TAGS.musicBrainz, recording: RECORDING };
    [far = '', again = '', sea = ''] = await addTracks(test.db, hall, [
      { path: 'Ann/Far/01.flac', tags: { ...tags('Far', 'Ann', 'Far'), musicBrainz } },
      {
        path: 'Ann/Best/01.flac',
        tags: { ...tags('Far & Away', 'Ann', 'Best'), sort: { ...NO_TAGS.sort, title: 'Away' } },
      },
      { path: 'Bö/50% \\ sea/夜の海.flac', tags: tags('夜の海', 'Bö', '50%') },
    ]);
    [hidden = ''] = await addTracks(test.db, attic, [
      { path: 'Cy/Low/secret.flac', tags: tags('Secret', 'Cy', 'Low') },
    ]);
    await test.db.query('UPDATE tracks SET duration_ms = 200000');
  });
  afterAll(() => test.close());

  const read = (content: string, visible: readonly string[] | null = [hall]): Promise<Imported> =>
    room.imports.make(mia, { format: 'm3u8', content }, visible);
  const idsOf = async ({ playlist }: Imported): Promise<(string | undefined)[]> =>
    (await room.entries.page(mia, playlist.id, { limit: 500, cursor: undefined }, null)).items.map(
      ({ track }) => track?.id,
    );

  it.each(PLAYLIST_FORMATS)('name in %s what is found again, in its order and as often', async (format) => {
    const trackIds = [sea, far, again, sea];
    const list = await room.lists.make(mia, newPlaylistSchema.parse({ title: 'Roads', trackIds }), null);
    const listed = await room.exports.of(mia, list.id, [hall]);
    const content = FORMATS[format].write(listed);
    expect(content).not.toContain('/hall');
    const imported = await room.imports.make(mia, { format, content }, [hall]);
    expect(imported).toMatchObject({ found: 4, missing: [], playlist: { title: 'Roads', entryCount: 4 } });
    expect(await idsOf(imported)).toEqual(trackIds);
    await test.db.query(`UPDATE files SET display_path = 'moved/' || id || '.flac' WHERE library_id = $1`, [
      hall,
    ]);
    const moved = await room.imports.make(mia, { format, content }, [hall]);
    await test.db.query(`UPDATE files SET display_path = convert_from(path, 'UTF8')`);
    expect(await idsOf(moved)).toEqual(trackIds);
  });

  it.each([
    ['a path of Windows', 'C:\\Music\\ann\\FAR\\01.flac', 'far'],
    ['a file:// address', 'file:///home/x/Music/Ann/Best/01.flac', 'again'],
    ['letters and accents taken apart', `B${'o\u0308'}/50% \\ sea/夜の海.flac`, 'sea'],
    ['a name that but one file has', '/elsewhere/夜の海.flac', 'sea'],
    ['tags alone', '#EXTINF:202,ann - FAR & AWAY\nx.mp3', 'again'],
    ['tags that tell two of a name apart', '#EXTINF:200,Ann - Far\n01.flac', 'far'],
  ])('find by %s', async (_, content, expected) => {
    expect(await idsOf(await read(content))).toEqual([{ far, again, sea }[expected]]);
  });

  it.each([
    ['a file name that two have', '01.flac'],
    ['tags of another length', '#EXTINF:300,Ann - Far\nx.mp3'],
    ['a file name that something speaks against', '#EXTINF:300,Zoe - Other\n夜の海.flac'],
    ['a folder and a name that something speaks against', '#EXTINF:300,Zoe - Other\nBest/01.flac'],
    ['the name of the music folder', '/hall'],
    ['nothing there', "x' OR true; --.mp3"],
  ])('do not guess by %s', async (_, content) => {
    expect(await read(content)).toMatchObject({ found: 0, missing: [{ position: 1 }] });
  });

  it('say what was not found, and where it stood', async () => {
    const content = '#PLAYLIST:Mix\nAnn/Far/01.flac\n#EXTINF:9,Dee - Gone\nDee/Gone/07.mp3\n夜の海.flac';
    const imported = await read(content);
    expect(imported).toMatchObject({ found: 2, playlist: { title: 'Mix', visibility: 'private' } });
    expect(imported.missing).toEqual([
      { position: 2, title: 'Gone', artist: 'Dee', path: 'Dee/Gone/07.mp3' },
    ]);
  });

  it('never tell of what the asker cannot hear', async () => {
    const trackIds = [hidden, far];
    const list = await room.lists.make(mia, newPlaylistSchema.parse({ title: 'Both', trackIds }), null);
    const content = FORMATS.m3u8.write(await room.exports.of(mia, list.id, null));
    expect(content).toContain('secret');
    expect(await read(content, null)).toMatchObject({ found: 2, missing: [] });
    expect(await read(content)).toMatchObject({
      found: 1,
      missing: [{ title: 'Secret', path: 'Cy/Low/secret.flac' }],
    });
    expect((await room.exports.of(mia, list.id, [hall])).tracks.map(({ title }) => title)).toEqual(['Far']);
    const leo = await addUser(test.db, 'leo');
    await expect(room.exports.of(leo, list.id, null)).rejects.toMatchObject({ code: 'PLAYLIST_NOT_FOUND' });
  });

  it('leave no list behind where they cannot be read', async () => {
    const count = 'SELECT count(*)::int AS count FROM playlists';
    const before = await test.db.first(count);
    await expect(
      room.imports.make(mia, { format: 'xspf', content: '<!DOCTYPE x><playlist/>' }, null),
    ).rejects.toMatchObject({ code: 'INVALID_BODY', field: 'content' });
    expect(await test.db.first(count)).toEqual(before);
  });

  it('write a smart list as what it finds for the asker', async () => {
    const condition = { field: 'artist', operator: 'is', value: 'Ann' };
    const rules = {
      where: { match: 'all', rules: [condition] },
      sort: 'title',
      descending: false,
      limit: 10,
    };
    const list = await room.lists.make(mia, newPlaylistSchema.parse({ title: 'Ann', rules }), null);
    const found = async (visible: readonly string[]): Promise<(string | null)[]> =>
      (await room.exports.of(mia, list.id, visible)).tracks.map(({ title }) => title);
    expect((await found([hall])).sort()).toEqual(['Far', 'Far & Away']);
    expect(await found([attic])).toEqual([]);
  });
});
