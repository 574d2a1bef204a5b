import { Controller, Delete, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { PictureBody, TakesPicture } from '../common/picture-body.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { PlaylistCovers } from './playlist-covers.js';
import type { Change } from './playlist-lock.js';
import { PlaylistReads } from './playlist-reads.js';
import { coverQuerySchema, LARGEST_COVER_BYTES, playlistSchema } from './playlists.dto.js';
import type { CoverQuery, Playlist } from './playlists.dto.js';

@ApiTags('playlists')
@Controller('api/playlists/:id/cover')
export class PlaylistCoversController {
  constructor(
    private readonly covers: PlaylistCovers,
    private readonly reads: PlaylistReads,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Put()
  @TakesPicture(LARGEST_COVER_BYTES)
  @Allow('listener')
  @Answers(playlistSchema)
  async put(
    @Param('id') id: string,
    @Query({ schema: coverQuerySchema }) query: CoverQuery,
    @PictureBody() picture: Buffer,
    @CurrentUser() user: SignedIn,
  ): Promise<Playlist> {
    const change = await this.changeOf(user, id, query);
    await this.covers.put(change, picture);
    return this.reads.get(change.userId, change.playlistId, change.visible);
  }

  @Delete()
  @Allow('listener')
  @Answers(playlistSchema)
  async remove(
    @Param('id') id: string,
    @Query({ schema: coverQuerySchema }) query: CoverQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Playlist> {
    const change = await this.changeOf(user, id, query);
    await this.covers.remove(change);
    return this.reads.get(change.userId, change.playlistId, change.visible);
  }

  private async changeOf(user: SignedIn, id: string, { revision }: CoverQuery): Promise<Change> {
    const visible = await this.libraries.of(user);
    return { userId: user.userId, playlistId: validId(id), revision, visible };
  }
}
