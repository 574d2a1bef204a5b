import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { attachment } from '../common/attachment.js';
import { LargeBody } from '../common/body-limit.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { PlaylistExports } from './playlist-exports.js';
import {
  exportQuerySchema,
  importBodySchema,
  importedSchema,
  LARGEST_IMPORT_BYTES,
  type ExportQuery,
  type ImportBody,
  type Imported,
} from './playlist-files.dto.js';
import { FORMATS } from './playlist-formats.js';
import { PlaylistImports } from './playlist-imports.js';

@ApiTags('playlists')
@Controller('api/playlists')
export class PlaylistFilesController {
  constructor(
    private readonly exports: PlaylistExports,
    private readonly imports: PlaylistImports,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Post('import')
  @LargeBody(LARGEST_IMPORT_BYTES)
  @Allow('listener')
  @Answers(importedSchema, 201)
  async import(
    @Body({ schema: importBodySchema }) body: ImportBody,
    @CurrentUser() user: SignedIn,
  ): Promise<Imported> {
    return this.imports.make(user.userId, body, await this.libraries.of(user));
  }

  @Get(':id/export')
  @Allow('listener')
  @ApiProduces('audio/x-mpegurl', 'application/xspf+xml', 'application/json')
  async export(
    @Param('id') id: string,
    @Query({ schema: exportQuerySchema }) { format }: ExportQuery,
    @CurrentUser() user: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const playlist = await this.exports.of(user.userId, validId(id), await this.libraries.of(user));
    const { type, write } = FORMATS[format];
    await reply
      .headers({
        'cache-control': 'private, no-cache',
        'content-disposition': attachment(`${playlist.title}.${format}`),
        'content-type': type,
      })
      .send(write(playlist));
  }
}
