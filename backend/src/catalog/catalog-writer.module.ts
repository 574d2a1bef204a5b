import { Module } from '@nestjs/common';
import { AlbumWriter } from './album-writer.js';
import { ArtistWriter } from './artist-writer.js';
import { ArtworkSweep } from './artwork-sweep.js';
import { CatalogCounts } from './catalog-counts.js';
import { CatalogWriter } from './catalog-writer.js';
import { GenreWriter } from './genre-writer.js';
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
    SoundWriter,
    TrackSoundWriter,
    TrackWriter,
  ],
  exports: [CatalogWriter, SoundWriter, TrackSoundWriter],
})
export class CatalogWriterModule {}
