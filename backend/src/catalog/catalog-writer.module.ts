import { Module } from '@nestjs/common';
import { AlbumWriter } from './album-writer.js';
import { ArtistWriter } from './artist-writer.js';
import { ArtworkSweep } from './artwork-sweep.js';
import { CatalogCounts } from './catalog-counts.js';
import { CatalogWriter } from './catalog-writer.js';
import { GenreWriter } from './genre-writer.js';
import { SortKeyRefresh } from './sort-key-refresh.js';
import { SoundWriter } from './sound-writer.js';
import { TrackSoundWriter } from './track-sound.js';
import { TrackWriter } from './track-writer.js';

/** The catalogue as the worker writes it. */
@Module({
  providers: [
    AlbumWriter,
    ArtistWriter,
    ArtworkSweep,
    CatalogCounts,
    CatalogWriter,
    GenreWriter,
    SortKeyRefresh,
    SoundWriter,
    TrackSoundWriter,
    TrackWriter,
  ],
  exports: [CatalogWriter, SortKeyRefresh, SoundWriter, TrackSoundWriter],
})
export class CatalogWriterModule {}
