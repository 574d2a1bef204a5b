import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import type { Page } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { PlaylistReads } from './playlist-reads.js';
import {
  newPlaylistSchema,
  playlistChangeSchema,
  playlistListSchema,
  playlistPageSchema,
  playlistSchema,
  type NewPlaylist,
  type Playlist,
  type PlaylistChange,
  type PlaylistList,
  type PlaylistSummary,
} from './playlists.dto.js';
import { PlaylistsService } from './playlists.service.js';

@ApiTags('playlists')
@Controller('api/playlists')
export class PlaylistsController {
  constructor(
    private readonly reads: PlaylistReads,
    private readonly playlists: PlaylistsService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(playlistPageSchema)
  async list(
    @Query({ schema: playlistListSchema }) query: PlaylistList,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<PlaylistSummary>> {
    return this.reads.list(user.userId, query, await this.libraries.of(user));
  }

  @Post()
  @Allow('listener')
  @Answers(playlistSchema, 201)
  async make(
    @Body({ schema: newPlaylistSchema }) body: NewPlaylist,
    @CurrentUser() user: SignedIn,
  ): Promise<Playlist> {
    return this.playlists.make(user.userId, body, await this.libraries.of(user));
  }

  @Get(':id')
  @Allow('listener')
  @Answers(playlistSchema)
  async get(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<Playlist> {
    return this.reads.get(user.userId, validId(id), await this.libraries.of(user));
  }

  @Patch(':id')
  @Allow('listener')
  @Answers(playlistSchema)
  async change(
    @Param('id') id: string,
    @Body({ schema: playlistChangeSchema }) body: PlaylistChange,
    @CurrentUser() user: SignedIn,
  ): Promise<Playlist> {
    const change = {
      userId: user.userId,
      playlistId: validId(id),
      revision: body.revision,
      visible: await this.libraries.of(user),
    };
    return this.playlists.change(change, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('listener')
  async remove(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    await this.playlists.remove(user.userId, validId(id));
  }
}
