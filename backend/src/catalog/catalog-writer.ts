import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FormatHint } from '../media/track-tags.js';
import { AlbumWriter } from './album-writer.js';
import { ArtistWriter } from './artist-writer.js';
import { CatalogCounts, type TrackShares, type WantedArtists } from './catalog-counts.js';
import { GenreWriter } from './genre-writer.js';
import { holdingKey } from './library-holdings.js';
import type { MergedTrack } from './merge.js';
import { trackKey, TrackWriter, type TrackLinks, type TrackPart } from './track-writer.js';

export interface CatalogEntry {
  readonly fileId: string;
  readonly part?: TrackPart;
  readonly track: MergedTrack;
  readonly format: FormatHint | null;
}

/** Files into the catalogue, a batch at a time: some fifteen statements for a hundred files or for one. */
@Injectable()
export class CatalogWriter {
  constructor(
    private readonly artists: ArtistWriter,
    private readonly albums: AlbumWriter,
    private readonly genres: GenreWriter,
    private readonly tracks: TrackWriter,
    private readonly counts: CatalogCounts,
  ) {}

  /** @returns the track ids by trackKey, which for a whole file is its id; a file that was known keeps its track. */
  async upsert(entries: readonly CatalogEntry[], tx: EntityManager): Promise<ReadonlyMap<string, string>> {
    if (entries.length === 0) return new Map();
    const artistIds = await this.artists.ensure(
      entries.flatMap(({ track }) => [
        ...track.credits.map((credit) => credit.artist),
        ...track.album.artists,
      ]),
      tx,
    );
    const look = await this.albums.ensure(
      entries.map(({ track }) => track.album),
      artistIds,
      tx,
    );
    const genreIds = await this.genres.ensure(
      entries.flatMap(({ track }) => track.genres),
      tx,
    );
    const known = await this.tracks.findIdsOf(entries, tx);
    const before = await this.counts.sharesOf(known, tx);
    const { ids: trackIds, heardIn } = await this.tracks.upsert(
      entries.map((entry) => ({ ...entry, albumId: idOf(look.ids, entry.track.album.mergeKey) })),
      tx,
    );
    const links = entries.map(({ fileId, part, track }): TrackLinks => ({
      trackId: idOf(trackIds, trackKey({ fileId, part })),
      credits: distinctCredits(track, (artist) => artistIds.get(artist)),
      genreIds: track.genres.map((genre) => idOf(genreIds, genre.nameKey)),
      lyrics: track.lyrics,
    }));
    await this.tracks.replaceLinks(links, known, tx);
    const wanted: WantedArtists = new Map(
      [...look.albums].map(([key, album]) => [
        idOf(look.ids, key),
        album.artistsDerived ? 'derived' : [...new Set(album.artists.map((artist) => artistIds.get(artist)))],
      ]),
    );
    await this.counts.apply(before, sharesOfLinks(links, heardIn, new Set(look.ids.values())), wanted, tx);
    return trackIds;
  }

  /** Tracks of files that are gone or cannot be played are not listed, and come back as they were. */
  async setAvailable(fileIds: readonly string[], available: boolean, tx: EntityManager): Promise<void> {
    await this.changingFiles(fileIds, tx, (ids) => this.tracks.setAvailable(ids, available, tx));
  }

  /** Runs a change of all tracks of some files, or of where those files lie. */
  async changingFiles(
    fileIds: readonly string[],
    tx: EntityManager,
    change: (trackIds: readonly string[]) => Promise<unknown>,
  ): Promise<void> {
    await this.changing(fileIds.length === 0 ? [] : await this.tracks.findIds(fileIds, tx), tx, change);
  }

  /** Runs a change of known tracks and moves the counts along. */
  async changing(
    trackIds: readonly string[],
    tx: EntityManager,
    change: (trackIds: readonly string[]) => Promise<unknown>,
  ): Promise<void> {
    const before = await this.counts.sharesOf(trackIds, tx);
    await change(trackIds);
    if (trackIds.length === 0) return;
    await this.counts.apply(before, await this.counts.sharesOf(trackIds, tx), new Map(), tx);
  }
}

const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`nothing was written for ${key}`);
  return id;
};

/** Two names in a tag can turn out to be one artist. */
const distinctCredits = (
  track: MergedTrack,
  artistId: (artist: MergedTrack['credits'][number]['artist']) => string,
): TrackLinks['credits'] => {
  const seen = new Map(
    track.credits.map(({ role, artist }) => {
      const id = artistId(artist);
      return [`${role} ${id}`, { role, artistId: id }] as const;
    }),
  );
  return [...seen.values()];
};

const sharesOfLinks = (
  links: readonly TrackLinks[],
  heardIn: ReadonlyMap<string, string>,
  albumIds: ReadonlySet<string>,
): TrackShares => {
  const artists = new Map<string, number>();
  const genres = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { trackId, credits, genreIds } of links) {
    const libraryId = heardIn.get(trackId);
    if (libraryId === undefined) continue;
    for (const { role, artistId: id } of credits) add(artists, holdingKey({ id, role, libraryId }));
    for (const id of genreIds) add(genres, holdingKey({ id, role: '', libraryId }));
  }
  return { albumIds, artists, genres };
};
