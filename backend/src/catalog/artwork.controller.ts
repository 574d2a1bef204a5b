import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { validId } from '../common/id.js';
import { Database } from '../database/database.js';
import { ARTWORK_SIZES, storedSize } from '../media/artwork-sizes.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { chooseFormat } from './artwork-format.js';
import { artworkKey } from './artwork-keys.js';

const artworkQuerySchema = z.object({ size: z.coerce.number().pipe(z.literal(ARTWORK_SIZES)).default(512) });
type ArtworkQuery = z.output<typeof artworkQuerySchema>;

@ApiTags('catalogue')
@Controller('api/artwork')
export class ArtworkController {
  constructor(
    private readonly db: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** A picture never changes under its id, and was re-encoded here: what a browser gets is a picture and nothing else. */
  @Get(':id')
  @Allow('listener')
  @ApiProduces('image/avif', 'image/webp', 'image/jpeg')
  async get(
    @Param('id') id: string,
    @Query({ schema: artworkQuerySchema }) { size }: ArtworkQuery,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = chooseFormat(accept);
    const bytes = await this.read(validId(id), size, format);
    await reply
      .header('content-type', `image/${format}`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('vary', 'accept')
      .header('x-content-type-options', 'nosniff')
      .send(bytes);
  }

  private async read(
    id: string,
    size: ArtworkQuery['size'],
    format: ReturnType<typeof chooseFormat>,
  ): Promise<Buffer> {
    const row = await this.db.first<{ width: number; height: number }>(
      'SELECT width, height FROM artworks WHERE id = $1',
      [id],
    );
    if (row === undefined) throw new DomainError('ARTWORK_NOT_FOUND', 'There is no such picture.');
    try {
      return await this.store.read(
        artworkKey(id, storedSize(size, row.width, row.height), format),
      );
    } catch (error) {
      if (error instanceof ObjectNotFound)
        throw new DomainError('ARTWORK_NOT_FOUND', 'This picture is not in the store.', { cause: error });
      throw error;
    }
  }
}
