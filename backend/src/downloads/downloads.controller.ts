import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, NeedsScope } from '../common/access.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { Collections, trackName } from './collections.js';
import { DownloadPlaces } from './download-places.js';
import { DownloadRights } from './download-rights.js';
import { downloadQuerySchema, type DownloadQuery } from './downloads.dto.js';
import { answerWithFile } from './file-answer.js';
import { TrackFiles } from './track-files.js';
import { answerWithZip } from './zip-answer.js';

/** Aborted when whoever asked has gone. */
const goneOf = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('nobody waits for this download any more')));
  return gone.signal;
};

@ApiTags('downloads')
@Controller('api')
@NeedsScope('download')
export class DownloadsController {
  constructor(
    private readonly rights: DownloadRights,
    private readonly places: DownloadPlaces,
    private readonly files: TrackFiles,
    private readonly collections: Collections,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get('tracks/:id/download')
  @Allow('listener')
  @ApiProduces('application/octet-stream')
  async track(
    @Param('id') id: string,
    @Query({ schema: downloadQuerySchema }) { format }: DownloadQuery,
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.within(user, reply, async (gone) => {
      const file = await this.files.of(validId(id), format, await this.libraries.of(user));
      const name = file.ownName ?? trackName(file, true);
      await answerWithFile(await file.get(gone), name, request, reply);
    });
  }

  @Get('albums/:id/download')
  @Allow('listener')
  @ApiProduces('application/zip')
  async album(
    @Param('id') id: string,
    @Query({ schema: downloadQuerySchema }) { format }: DownloadQuery,
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.within(user, reply, async (gone) => {
      const visible = await this.libraries.of(user);
      const { entries, name } = await this.collections.album(validId(id), format, visible, gone);
      await answerWithZip(entries, name, request, reply);
    });
  }

  @Get('playlists/:id/download')
  @Allow('listener')
  @ApiProduces('application/zip')
  async playlist(
    @Param('id') id: string,
    @Query({ schema: downloadQuerySchema }) { format }: DownloadQuery,
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.within(user, reply, async (gone) => {
      const visible = await this.libraries.of(user);
      const list = await this.collections.playlist(validId(id), user.userId, format, visible, gone);
      await answerWithZip(list.entries, list.name, request, reply);
    });
  }

  /** A place is held until the last byte has left, or nobody is there any more. */
  private async within(
    user: SignedIn,
    reply: FastifyReply,
    send: (gone: AbortSignal) => Promise<void>,
  ): Promise<void> {
    await this.rights.require(user);
    const leave = this.places.enter(user.userId);
    reply.raw.once('close', leave);
    await send(goneOf(reply));
  }
}
