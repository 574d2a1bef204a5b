import { Module } from '@nestjs/common';
import { NextTracks } from './next-tracks.js';
import { PlayedRungs } from './played-rungs.js';
import { RenditionRepository } from './rendition.repository.js';
import { ServedRenditions } from './served-renditions.js';
import { SegmentFinder } from './segment-finder.js';
import { SourceRepository } from './source.repository.js';

/** What the API process knows of renditions: where their bytes lie, and how to ask for those that are missing. */
@Module({
  providers: [
    SourceRepository,
    RenditionRepository,
    SegmentFinder,
    PlayedRungs,
    NextTracks,
    ServedRenditions,
  ],
  exports: [SourceRepository, RenditionRepository, SegmentFinder, PlayedRungs, NextTracks, ServedRenditions],
})
export class TranscodeModule {}
