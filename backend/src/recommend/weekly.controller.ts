import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { playlistSchema, type Playlist } from '../playlists/playlists.dto.js';
import { PlaylistsService } from '../playlists/playlists.service.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import {
  weeklyPlaylistSchema,
  weeklyQuerySchema,
  weeklySchema,
  type Weekly,
  type WeeklyPlaylist,
  type WeeklyQuery,
} from './weekly.dto.js';
import { WeeklyService } from './weekly.service.js';

@ApiTags('recommendations')
@Controller('api/recommendations/discover-weekly')
export class WeeklyController {
  constructor(
    private readonly weekly: WeeklyService,
    private readonly playlists: PlaylistsService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(weeklySchema)
  async get(
    @Query({ schema: weeklyQuerySchema }) { week }: WeeklyQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Weekly> {
    return this.weekly.get(user.userId, week, await this.libraries.of(user));
  }

  /** As an ordinary playlist, which stays when the list is gone. */
  @Post('playlist')
  @Allow('listener')
  @Answers(playlistSchema, 201)
  async save(
    @Body({ schema: weeklyPlaylistSchema }) { week, title }: WeeklyPlaylist,
    @CurrentUser() user: SignedIn,
  ): Promise<Playlist> {
    const visible = await this.libraries.of(user);
    const list = await this.weekly.get(user.userId, week, visible);
    const trackIds = list.items.map(({ track }) => track.id);
    const wish = { title: title ?? `Discover Weekly ${list.week}`, description: '', members: [], trackIds };
    return this.playlists.make(user.userId, { ...wish, visibility: 'private' }, visible);
  }
}
