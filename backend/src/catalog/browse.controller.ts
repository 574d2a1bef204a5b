import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { AlbumReads } from './album-reads.js';
import { ArtistReads } from './artist-reads.js';
import {
  albumDetailSchema,
  albumListSchema,
  albumPageSchema,
  artistDetailSchema,
  artistListSchema,
  artistPageSchema,
  genreListSchema,
  genrePageSchema,
  trackDetailSchema,
  trackListSchema,
  trackPageSchema,
  yearPageSchema,
  type AlbumDetail,
  type AlbumList,
  type AlbumSummary,
  type ArtistDetail,
  type ArtistList,
  type ArtistSummary,
  type GenreDto,
  type GenreList,
  type TrackDetail,
  type TrackList,
  type TrackSummary,
  type YearDto,
} from './catalog.dto.js';
import { TrackReads } from './track-reads.js';
import { YearReads } from './year-reads.js';

@ApiTags('catalogue')
@Controller('api')
export class BrowseController {
  constructor(
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
    private readonly libraries: VisibleLibraries,
    private readonly years: YearReads,
  ) {}

  @Get('tracks')
  @Allow('listener')
  @Answers(trackPageSchema)
  async listTracks(
    @Query({ schema: trackListSchema }) query: TrackList,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<TrackSummary>> {
    return this.tracks.list({ ...query, userId: user.userId }, await this.libraries.of(user));
  }

  @Get('tracks/:id')
  @Allow('listener')
  @Answers(trackDetailSchema)
  async getTrack(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<TrackDetail> {
    return this.tracks.getById(validId(id), await this.libraries.of(user));
  }

  @Get('albums')
  @Allow('listener')
  @Answers(albumPageSchema)
  async listAlbums(
    @Query({ schema: albumListSchema }) query: AlbumList,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<AlbumSummary>> {
    return this.albums.list({ ...query, userId: user.userId }, await this.libraries.of(user));
  }

  @Get('albums/:id')
  @Allow('listener')
  @Answers(albumDetailSchema)
  async getAlbum(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<AlbumDetail> {
    return this.albums.getById(validId(id), await this.libraries.of(user));
  }

  @Get('artists')
  @Allow('listener')
  @Answers(artistPageSchema)
  async listArtists(
    @Query({ schema: artistListSchema }) query: ArtistList,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<ArtistSummary>> {
    return this.artists.list({ ...query, userId: user.userId }, await this.libraries.of(user));
  }

  @Get('artists/:id')
  @Allow('listener')
  @Answers(artistDetailSchema)
  async getArtist(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<ArtistDetail> {
    return this.artists.getById(validId(id), await this.libraries.of(user));
  }

  @Get('genres')
  @Allow('listener')
  @Answers(genrePageSchema)
  async listGenres(
    @Query({ schema: genreListSchema }) query: GenreList,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<GenreDto>> {
    return this.artists.listGenres(query, await this.libraries.of(user));
  }

  @Get('years')
  @Allow('listener')
  @Answers(yearPageSchema)
  async listYears(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<YearDto>> {
    return this.years.list(query, await this.libraries.of(user));
  }
}
