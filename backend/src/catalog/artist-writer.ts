import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { matchArtists, refKey, type KnownArtist } from './artist-matching.js';
import { bulkInsert, bulkRows } from './bulk-rows.js';
import type { ArtistRef } from './credits.js';
import { searchText } from './names.js';

/** Ids of artists, by their reference. */
export class ArtistIds {
  constructor(private readonly ids: ReadonlyMap<string, string>) {}

  get(artist: ArtistRef): string {
    const id = this.ids.get(refKey(artist));
    if (id === undefined) throw new Error(`the artist ${artist.name} was not looked up`);
    return id;
  }
}

@Injectable()
export class ArtistWriter {
  constructor(private readonly db: Database) {}

  /** Finds or makes the artists of a batch, in the order of their keys, so that two writers never wait for each other. */
  async ensure(artists: readonly ArtistRef[], tx: EntityManager): Promise<ArtistIds> {
    for (;;) {
      const matches = matchArtists(artists, await this.findByName(artists, tx), newId);
      if (matches.improve.length > 0) await this.improve(matches.improve, tx);
      if (matches.create.length === 0 || (await this.create(matches.create, tx)))
        return new ArtistIds(matches.ids);
      // Another writer made one of them in between: it is committed now, so the next look finds it.
    }
  }

  private async findByName(artists: readonly ArtistRef[], tx: EntityManager): Promise<KnownArtist[]> {
    const keys = [...new Set(artists.map((artist) => artist.nameKey))];
    return this.db.query<KnownArtist>(
      `SELECT id, name_key AS "nameKey", musicbrainz_id AS "musicBrainzId", sort_name <> name AS "hasSortName"
       FROM artists WHERE name_key = ANY($1::text[])`,
      [keys],
      tx,
    );
  }

  /** @returns whether all of them are new. */
  private async create(
    rows: readonly { readonly id: string; readonly artist: ArtistRef }[],
    tx: EntityManager,
  ): Promise<boolean> {
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      { name: 'name', type: 'text', of: (row) => row.artist.name },
      { name: 'name_key', type: 'text', of: (row) => row.artist.nameKey },
      { name: 'sort_name', type: 'text', of: (row) => row.artist.sortName },
      { name: 'sort_key', type: 'text', of: (row) => row.artist.sortKey },
      { name: 'musicbrainz_id', type: 'uuid', of: (row) => row.artist.musicBrainzId },
      { name: 'search_text', type: 'text', of: (row) => artistSearchText(row.artist) },
    ]);
    const made = await this.db.query(
      bulkInsert('artists', source, 'ON CONFLICT DO NOTHING RETURNING id'),
      source.params,
      tx,
    );
    return made.length === rows.length;
  }

  private async improve(
    rows: readonly { readonly id: string; readonly artist: ArtistRef }[],
    tx: EntityManager,
  ): Promise<void> {
    const source = bulkRows(rows, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      { name: 'sort_name', type: 'text', of: (row) => row.artist.sortName },
      { name: 'sort_key', type: 'text', of: (row) => row.artist.sortKey },
      { name: 'musicbrainz_id', type: 'uuid', of: (row) => row.artist.musicBrainzId },
      { name: 'search_text', type: 'text', of: (row) => artistSearchText(row.artist) },
    ]);
    await this.db.query(
      `UPDATE artists SET
         musicbrainz_id = coalesce(artists.musicbrainz_id, source.musicbrainz_id),
         sort_name = CASE WHEN artists.sort_name = artists.name THEN source.sort_name ELSE artists.sort_name END,
         sort_key = CASE WHEN artists.sort_name = artists.name THEN source.sort_key ELSE artists.sort_key END,
         search_text = CASE WHEN artists.sort_name = artists.name THEN source.search_text ELSE artists.search_text END
       FROM ${source.from} WHERE artists.id = source.id`,
      source.params,
      tx,
    );
  }
}

/** The sort name is often the reading or the Latin form of a name: it finds the artist, too. */
const artistSearchText = (artist: ArtistRef): string =>
  artist.sortName === artist.name ? searchText(artist.name) : searchText(artist.name, artist.sortName);
