import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import type { Visible } from '../../src/libraries/seen.js';
import { HEARD_KINDS, type HeardKind } from '../../src/plays/heard-sql.js';
import { HeardThings } from '../../src/plays/heard-things.js';
import { MostPlayedLists } from '../../src/plays/most-played.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { mostPlayedQuerySchema, type MostPlayed } from '../../src/plays/statistics.dto.js';
import { YearStatisticsReads } from '../../src/plays/year-statistics.js';
import { addPlainTracks, addPlainUser } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const DAY = 86_400_000;

describe('lists and sums of what was played', () => {
  let database: TestDatabase;
  let lists: MostPlayedLists;
  let years: YearStatisticsReads;
  let mia: string;
  let hall: { readonly libraryId: string; readonly trackIds: readonly string[] };
  let attic: { readonly libraryId: string; readonly trackIds: readonly string[] };

  beforeAll(async () => {
    database = await testDatabase();
    const { db } = database;
    const tracks = new TrackReads(db);
    const albums = new AlbumReads(db, tracks);
    const artists = new ArtistReads(db, albums, tracks);
    lists = new MostPlayedLists(db, new HeardThings(tracks, albums, artists));
    years = new YearStatisticsReads(db, tracks, albums, artists);
    hall = await addPlainTracks(db, 12);
    attic = await addPlainTracks(db, 1);
    mia = await addPlainUser(db, 'mia');
    const leo = await addPlainUser(db, 'leo');
    const track = (at: number): string => hall.trackIds[at] ?? '';
    const play = (trackId: string, startedAt: Date, over: object = {}) =>
      playRow({ userId: mia, trackId, startedAt, ...over });
    const ago = (days: number): Date => new Date(Date.now() - days * DAY);
    const rows = [
      // The nth track of the hall n times, every day one; the one of the attic most of all, long ago.
      ...hall.trackIds.flatMap((trackId, n) =>
        Array.from({ length: n }, (_, day) => play(trackId, ago(day + 0.5))),
      ),
      ...Array.from({ length: 20 }, (_, day) => play(attic.trackIds[0] ?? '', ago(200 + day))),
      ...Array.from({ length: 3 }, () => play(track(0), ago(100), { outcome: 'skip', playedMs: 1000 })),
      play(track(0), ago(120)),
      // New Year’s Eve, before midnight in Lisbon and after it in Tokyo.
      play(track(1), new Date('2019-12-31T20:30:00Z')),
      play(track(1), new Date('2020-06-15T10:00:00Z')),
      play(track(2), new Date('2020-06-15T11:00:00Z'), { outcome: 'skip', playedMs: 5000 }),
      playRow({ userId: leo, trackId: track(3), startedAt: ago(1) }),
    ];
    const plays = new PlayRepository(db);
    await db.transaction((tx) => plays.add(rows, tx));
    await db.query(
      `INSERT INTO genres (id, name, name_key, sort_key) VALUES ($1, 'Waltz', 'waltz', 'waltz')`,
      [mia],
    );
    await db.query(
      'INSERT INTO track_genres (track_id, genre_id, position) SELECT id, $2, 0 FROM unnest($1::uuid[]) AS t (id)',
      [hall.trackIds, mia],
    );
  });
  afterAll(() => database.close());

  const most = async (kind: HeardKind, over: object = {}, visible: Visible = null): Promise<MostPlayed[]> => [
    ...(await lists.list(mia, kind, mostPlayedQuerySchema.parse(over), visible)).items,
  ];
  const ids = (items: readonly MostPlayed[]): string[] => items.map(({ item }) => item.id);

  it('name what was played most first, for ever and lately, without what is not seen', async () => {
    const all = await most('track');
    expect(all.map(({ plays }) => plays)).toEqual([20, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3, 2, 1]);
    expect(all[0]?.item.id).toBe(attic.trackIds[0]);
    expect((await most('track', {}, [hall.libraryId]))[0]?.item.id).toBe(hall.trackIds[11]);
    expect((await most('track', { range: 'week' })).map(({ plays }) => plays)).toEqual([
      7, 7, 7, 7, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect((await most('album', {}, [hall.libraryId])).map(({ plays }) => plays)).toEqual([38, 22, 9]);
    expect((await most('artist', { range: 'month' })).map(({ plays }) => plays)).toEqual([38, 22, 6]);
    expect(await most('track', {}, [])).toEqual([]);
  });

  it.each(HEARD_KINDS)('%ss are the same page by page', async (kind) => {
    const whole = ids(await most(kind));
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const query = mostPlayedQuerySchema.parse({ limit: 2, cursor });
      const page = await lists.list(mia, kind, query, null);
      paged.push(...ids(page.items));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
  });

  it('remember favourites that were not played for three months, unless they were skipped more', async () => {
    const forgotten = async (): Promise<string[]> =>
      ids((await lists.forgotten(mia, { limit: 50 }, null)).items);
    expect(await forgotten()).toEqual([attic.trackIds[0]]);
    await database.db.query(
      'INSERT INTO opinions (id, user_id, track_id, liked_at) VALUES ($1, $2, $3, now())',
      [newId(), mia, hall.trackIds[0]],
    );
    // Liked, played once, and skipped three times since.
    expect(await forgotten()).toEqual([attic.trackIds[0]]);
    await database.db.query(`DELETE FROM plays WHERE outcome = 'skip' AND track_id = $1`, [hall.trackIds[0]]);
    expect(await forgotten()).toEqual([attic.trackIds[0], hall.trackIds[0]]);
    expect(ids((await lists.forgotten(mia, { limit: 50 }, [hall.libraryId])).items)).toEqual([
      hall.trackIds[0],
    ]);
  });

  it('tell a year by its months and hours, where the listener lives', async () => {
    const year = await years.of(mia, 2020, 'Europe/Lisbon', null);
    expect(year).toMatchObject({ plays: 1, skips: 1, playedMs: 205_000, tracks: 1, albums: 1, artists: 1 });
    expect(year.firstYear).toBe(2019);
    expect(year.months).toHaveLength(12);
    expect(year.months.filter(({ playedMs }) => playedMs > 0)).toEqual([
      { month: 6, plays: 1, playedMs: 205_000 },
    ]);
    expect(year.hours.filter(({ playedMs }) => playedMs > 0)).toEqual([
      { hour: 11, plays: 1, playedMs: 200_000 },
      { hour: 12, plays: 0, playedMs: 5000 },
    ]);
    expect(year.topTracks.map(({ item, plays }) => [item.id, plays])).toEqual([[hall.trackIds[1], 1]]);
    expect(year.topAlbums.map(({ item, playedMs }) => [item.title, playedMs])).toEqual([
      ['Album 1', 205_000],
    ]);
    expect(year.topArtists.map(({ item }) => item.name)).toEqual(['Artist 1']);
    expect(year.topGenres.map(({ item, plays }) => [item.name, plays])).toEqual([['Waltz', 1]]);
    expect((await years.of(mia, 2020, 'Asia/Tokyo', null)).months[0]).toEqual({
      month: 1,
      plays: 1,
      playedMs: 200_000,
    });
    const nothing = await years.of(mia, 2020, 'UTC', [attic.libraryId]);
    expect(nothing).toMatchObject({ plays: 0, playedMs: 0, topTracks: [], topGenres: [] });
    expect(nothing.hours).toHaveLength(24);
  });
});
