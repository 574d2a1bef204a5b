import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../common/access.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { ARTWORK_SIZES } from '../media/artwork-sizes.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { chooseFormat } from './artwork-format.js';
import { ArtworkFiles } from './artwork-files.js';

const artworkQuerySchema = z.object({ size: z.coerce.number().pipe(z.literal(ARTWORK_SIZES)).default(512) });
type ArtworkQuery = z.output<typeof artworkQuerySchema>;

@ApiTags('catalogue')
@Controller('api/artwork')
export class ArtworkController {
  constructor(
    private readonly files: ArtworkFiles,
    private readonly libraries: VisibleLibraries,
  ) {}

  /** A picture never changes under its id, and was re-encoded here: what a browser gets is a picture and nothing else. */
  @Get(':id')
  @Allow('listener')
  @ApiProduces('image/avif', 'image/webp', 'image/jpeg')
  async get(
    @Param('id') id: string,
    @Query({ schema: artworkQuerySchema }) { size }: ArtworkQuery,
    @Headers('accept') accept: string | undefined,
    @CurrentUser() user: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = chooseFormat(accept);
    const visible = await this.libraries.of(user);
    const bytes = await this.files.read(validId(id), size, format, { userId: user.userId, visible });
    await reply
      .header('content-type', `image/${format}`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('vary', 'accept')
      .header('x-content-type-options', 'nosniff')
      .send(bytes);
  }
}
