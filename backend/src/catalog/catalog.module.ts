import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { AlbumArtist } from './album-artist.entity.js';
import { AlbumReads } from './album-reads.js';
import { Album } from './album.entity.js';
import { ArtistReads } from './artist-reads.js';
import { Artist } from './artist.entity.js';
import { ArtworkFiles } from './artwork-files.js';
import { ArtworkController } from './artwork.controller.js';
import { Artwork } from './artwork.entity.js';
import { BrowseController } from './browse.controller.js';
import { Genre } from './genre.entity.js';
import { Lyrics } from './lyrics.entity.js';
import { LyricsController } from './lyrics.controller.js';
import { LyricsReads } from './lyrics-reads.js';
import { TrackArtist } from './track-artist.entity.js';
import { TrackGenre } from './track-genre.entity.js';
import { TrackReads } from './track-reads.js';
import { Track } from './track.entity.js';
import { YearReads } from './year-reads.js';

export const CATALOG_ENTITIES = [
  Album,
  AlbumArtist,
  Artist,
  Artwork,
  Genre,
  Lyrics,
  Track,
  TrackArtist,
  TrackGenre,
];

/** The catalogue as people read it. */
@Module({
  imports: [TypeOrmModule.forFeature(CATALOG_ENTITIES), LibraryAccessModule],
  controllers: [BrowseController, LyricsController, ArtworkController],
  providers: [ArtworkFiles, TrackReads, AlbumReads, ArtistReads, LyricsReads, YearReads],
  exports: [ArtworkFiles, TrackReads, AlbumReads, ArtistReads, LibraryAccessModule],
})
export class CatalogModule {}
