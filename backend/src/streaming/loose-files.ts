import { Injectable } from '@nestjs/common';
import { ArtworkFiles } from '../catalog/artwork-files.js';
import { chooseFormat } from '../catalog/artwork-format.js';
import { DomainError } from '../common/errors.js';
import type { Exchange } from './exchange.js';
import { GrantedTracks } from './granted-tracks.js';
import type { MediaTarget } from './media-path.js';
import { sendOriginal } from './original-sender.js';
import { isShareHolder } from './share-holder.js';
import type { MediaPermit } from './signing.js';

/** What is below /media and no rendition: files as they came, and pictures. */
@Injectable()
export class LooseFiles {
  constructor(
    private readonly granted: GrantedTracks,
    private readonly pictures: ArtworkFiles,
  ) {}

  /** @throws DomainError */
  async sendOriginal(trackId: string, { holder }: MediaPermit, exchange: Exchange): Promise<void> {
    // A share lets hear, no more: the file itself says things that its owner may not know of.
    if (isShareHolder(holder))
      throw new DomainError('BAD_SIGNATURE', 'What is shared is played, not handed out.');
    return sendOriginal(await this.granted.get(trackId), exchange);
  }

  /** @throws DomainError */
  async sendPicture(
    { artworkId, size }: Extract<MediaTarget, { kind: 'artwork' }>,
    exchange: Exchange,
  ): Promise<void> {
    const format = chooseFormat(exchange.request.headers.accept);
    const bytes = await this.pictures.readGranted(artworkId, size, format);
    exchange
      .head(200, [
        ...['content-type', `image/${format}`, 'content-length', String(bytes.length), 'vary', 'accept'],
        // Not for longer than the address: a share that ends takes its pictures along.
        ...['cache-control', 'private, max-age=600'],
      ])
      .end(exchange.isHead ? undefined : bytes);
  }
}
