import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { validId } from '../common/id.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { ARTWORK_SIZES, storedSize } from '../media/artwork-sizes.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
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
    const bytes = await this.read(validId(id), size, format, await this.libraries.of(user));
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
    visible: Visible,
  ): Promise<Buffer> {
    const params = new SqlParams();
    const picture = params.add(id);
    const seen = seenBy(visible, params.add);
    const row = await this.db.first<{ width: number; height: number }>(
      `SELECT width, height FROM artworks WHERE id = ${picture} AND (${visible === null}
         OR EXISTS (SELECT FROM tracks WHERE artwork_id = ${picture} AND available AND ${seen.track})
         OR EXISTS (SELECT FROM albums WHERE artwork_id = ${picture} AND ${seen.album}))`,
      params.values,
    );
    if (row === undefined) throw new DomainError('ARTWORK_NOT_FOUND', 'There is no such picture.');
    try {
      return await this.store.read(artworkKey(id, storedSize(size, row.width, row.height), format));
    } catch (error) {
      if (error instanceof ObjectNotFound)
        throw new DomainError('ARTWORK_NOT_FOUND', 'This picture is not in the store.', { cause: error });
      throw error;
    }
  }
}
