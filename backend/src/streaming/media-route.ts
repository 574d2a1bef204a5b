import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../common/errors.js';
import { toDomainError } from '../common/problem.filter.js';
import type { VersionedKey } from '../transcode/rendition.js';
import { INIT } from '../transcode/segment-finder.js';
import { Exchange, type FlatHeaders } from './exchange.js';
import { LooseFiles } from './loose-files.js';
import { ManifestService, SIGNING_KEY } from './manifest.service.js';
import { parseMediaPath, type MediaTarget } from './media-path.js';
import { RevokedHolders } from './revoked-holders.js';
import { SegmentSender, type SegmentRequest } from './segment-sender.js';
import { ListenerGone } from './send-bytes.js';
import type { MediaPermit, SigningKey } from './signing.js';
import { VerifiedPermits } from './verified-permits.js';

const DASH_TYPE = 'application/dash+xml';
const HLS_TYPE = 'application/vnd.apple.mpegurl';

/** What no answer goes without, whoever calls. */
const OWN_HEADERS: FlatHeaders = [
  'x-content-type-options',
  'nosniff',
  'cross-origin-resource-policy',
  'same-origin',
];

/**
 * Everything below /media, on Node's own request and response: framework streams cost a segment many times the CPU
 * of reading and writing it. The signature in the query is the only key; cookies do not count here.
 */
@Injectable()
export class MediaRoute {
  private readonly permits: VerifiedPermits;

  constructor(
    private readonly segments: SegmentSender,
    private readonly manifests: ManifestService,
    private readonly files: LooseFiles,
    @Inject(SIGNING_KEY) key: SigningKey,
    private readonly revoked: RevokedHolders,
  ) {
    this.permits = new VerifiedPermits([key]);
  }

  /** A Node request listener that puts these headers into each answer; it always answers, and never throws. */
  readonly handle = (
    request: IncomingMessage,
    response: ServerResponse,
    headers: FlatHeaders = OWN_HEADERS,
  ): void => {
    const exchange = new Exchange(request, response, headers);
    try {
      const found = this.permitted(exchange);
      if (found !== null && !this.answeredFromMemory(found.target, exchange))
        this.answer(found.target, found.permit, exchange);
    } catch (error) {
      exchange.sendError(toDomainError(error));
    }
  };

  /** @returns what is asked for; null when the method alone has been answered. @throws DomainError */
  private permitted(
    exchange: Exchange,
  ): { readonly target: MediaTarget; readonly permit: MediaPermit } | null {
    const { method, url = '' } = exchange.request;
    if (method !== 'GET' && method !== 'HEAD') {
      exchange.head(405, ['allow', 'GET, HEAD', 'content-length', '0']).end();
      return null;
    }
    const mark = url.indexOf('?');
    const parsed = parseMediaPath(mark < 0 ? url : url.slice(0, mark));
    if (parsed === undefined) throw new DomainError('SEGMENT_NOT_FOUND', 'There is no such media.');
    const query = mark < 0 ? '' : url.slice(mark + 1);
    const permit = this.permits.verify(parsed.prefix, query, Date.now() / 1000);
    if (permit === undefined || this.revoked.isRevoked(permit))
      throw new DomainError('BAD_SIGNATURE', 'This address has expired or was changed. Ask for a new one.');
    return { target: parsed.target, permit };
  }

  private answeredFromMemory(target: MediaTarget, exchange: Exchange): boolean {
    const wanted = segmentOf(target);
    return wanted !== undefined && this.segments.sendHot(wanted, exchange);
  }

  private answer(target: MediaTarget, permit: MediaPermit, exchange: Exchange): void {
    this.serve(target, permit, exchange).catch((error: unknown) => {
      if (!exchange.hasGone && !(error instanceof ListenerGone)) exchange.sendError(toDomainError(error));
    });
  }

  private async serve(target: MediaTarget, permit: MediaPermit, exchange: Exchange): Promise<void> {
    const text = (type: string, body: string): void => exchange.sendText(200, type, body);
    switch (target.kind) {
      case 'segment':
        return this.segments.send(target, permit.holder, exchange);
      case 'init':
        return this.segments.send(initOf(target.key), permit.holder, exchange);
      case 'original':
        return this.files.sendOriginal(target.trackId, permit, exchange);
      case 'dash':
        return text(DASH_TYPE, await this.manifests.dash(target.trackId, permit));
      case 'artwork':
        return this.files.sendPicture(target, exchange);
      case 'queue-dash':
        return text(DASH_TYPE, await this.manifests.queue(target.trackIds, target.codec, permit));
      case 'hls':
        return text(HLS_TYPE, await this.manifests.hls(target.trackId, target.codec, null, permit));
      case 'hls-rendition': {
        const { trackId, codec, bitrateKbps } = target.key;
        return text(HLS_TYPE, await this.manifests.hls(trackId, codec, bitrateKbps, permit));
      }
    }
  }
}

const initOf = (key: VersionedKey): SegmentRequest => ({ key, index: INIT, full: false });

const segmentOf = (target: MediaTarget): SegmentRequest | undefined => {
  if (target.kind === 'segment') return target;
  return target.kind === 'init' ? initOf(target.key) : undefined;
};
