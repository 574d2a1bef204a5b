import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import type { Page } from '../common/page.js';
import { AlbumReads } from './album-reads.js';
import { ArtistReads } from './artist-reads.js';
import {
  albumDetailSchema,
  albumListSchema,
  albumPageSchema,
  artistDetailSchema,
  artistPageSchema,
  genrePageSchema,
  nameListSchema,
  trackDetailSchema,
  trackListSchema,
  trackPageSchema,
  type AlbumDetail,
  type AlbumList,
  type AlbumSummary,
  type ArtistDetail,
  type ArtistSummary,
  type GenreDto,
  type NameList,
  type TrackDetail,
  type TrackList,
  type TrackSummary,
} from './catalog.dto.js';
import { TrackReads } from './track-reads.js';

@ApiTags('catalogue')
@Controller('api')
export class BrowseController {
  constructor(
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
  ) {}

  @Get('tracks')
  @Allow('listener')
  @Answers(trackPageSchema)
  listTracks(@Query({ schema: trackListSchema }) query: TrackList): Promise<Page<TrackSummary>> {
    return this.tracks.list(query);
  }

  @Get('tracks/:id')
  @Allow('listener')
  @Answers(trackDetailSchema)
  getTrack(@Param('id') id: string): Promise<TrackDetail> {
    return this.tracks.getById(validId(id));
  }

  @Get('albums')
  @Allow('listener')
  @Answers(albumPageSchema)
  listAlbums(@Query({ schema: albumListSchema }) query: AlbumList): Promise<Page<AlbumSummary>> {
    return this.albums.list(query);
  }

  @Get('albums/:id')
  @Allow('listener')
  @Answers(albumDetailSchema)
  getAlbum(@Param('id') id: string): Promise<AlbumDetail> {
    return this.albums.getById(validId(id));
  }

  @Get('artists')
  @Allow('listener')
  @Answers(artistPageSchema)
  listArtists(@Query({ schema: nameListSchema }) query: NameList): Promise<Page<ArtistSummary>> {
    return this.artists.list(query);
  }

  @Get('artists/:id')
  @Allow('listener')
  @Answers(artistDetailSchema)
  getArtist(@Param('id') id: string): Promise<ArtistDetail> {
    return this.artists.getById(validId(id));
  }

  @Get('genres')
  @Allow('listener')
  @Answers(genrePageSchema)
  listGenres(@Query({ schema: nameListSchema }) query: NameList): Promise<Page<GenreDto>> {
    return this.artists.listGenres(query);
  }
}
