import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../common/errors.js';
import { problemOf } from '../common/problem.js';
import { toDomainError } from '../common/problem.filter.js';
import type { VersionedKey } from '../transcode/rendition.js';
import { INIT } from '../transcode/segment-finder.js';
import { GrantedTracks } from './granted-tracks.js';
import { ManifestService, SIGNING_KEY } from './manifest.service.js';
import { parseMediaPath, type MediaTarget } from './media-path.js';
import { sendOriginal } from './original-sender.js';
import { RevokedHolders } from './revoked-holders.js';
import { SegmentSender, type SegmentRequest } from './segment-sender.js';
import { ListenerGone } from './send-bytes.js';
import type { MediaPermit, SigningKey } from './signing.js';
import { VerifiedPermits } from './verified-permits.js';

const DASH_TYPE = 'application/dash+xml';
const HLS_TYPE = 'application/vnd.apple.mpegurl';

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
    private readonly granted: GrantedTracks,
    @Inject(SIGNING_KEY) key: SigningKey,
    private readonly revoked: RevokedHolders,
  ) {
    this.permits = new VerifiedPermits([key]);
  }

  /** A Node request listener; it always answers, and never throws. */
  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    try {
      const found = this.permitted(request, response);
      if (found !== null && !this.answeredFromMemory(found.target, request, response))
        this.answer(found.target, found.permit, request, response);
    } catch (error) {
      sendError(response, toDomainError(error));
    }
  };

  /** @returns what is asked for; null when the method alone has been answered. @throws DomainError */
  private permitted(
    request: IncomingMessage,
    response: ServerResponse,
  ): { readonly target: MediaTarget; readonly permit: MediaPermit } | null {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
      return null;
    }
    const [path = '', query = ''] = splitOnce(request.url ?? '');
    const parsed = parseMediaPath(path);
    if (parsed === undefined) throw new DomainError('SEGMENT_NOT_FOUND', 'There is no such media.');
    const permit = this.permits.verify(parsed.prefix, query, Date.now() / 1000);
    if (permit === undefined || this.revoked.isRevoked(permit))
      throw new DomainError('BAD_SIGNATURE', 'This address has expired or was changed. Ask for a new one.');
    return { target: parsed.target, permit };
  }

  private answeredFromMemory(
    target: MediaTarget,
    request: IncomingMessage,
    response: ServerResponse,
  ): boolean {
    const wanted = segmentOf(target);
    return wanted !== undefined && this.segments.sendHot(wanted, request, response);
  }

  private answer(
    target: MediaTarget,
    permit: MediaPermit,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const gone = new AbortController();
    response.once('close', () => {
      // An answer that left whole has nobody to stop, and an error with its stack costs as much as a read.
      if (!response.writableFinished) gone.abort(new ListenerGone());
    });
    this.serve(target, permit, request, response, gone.signal).catch((error: unknown) => {
      if (gone.signal.aborted || error instanceof ListenerGone) return;
      sendError(response, toDomainError(error));
    });
  }

  private async serve(
    target: MediaTarget,
    permit: MediaPermit,
    request: IncomingMessage,
    response: ServerResponse,
    gone: AbortSignal,
  ): Promise<void> {
    const withBody = request.method === 'GET';
    const text = (type: string, body: string): void => sendText(response, type, body, withBody);
    switch (target.kind) {
      case 'segment':
        return this.segments.send(target, request, response, { holder: permit.holder, gone });
      case 'init':
        return this.segments.send(initOf(target.key), request, response, { holder: permit.holder, gone });
      case 'original':
        return sendOriginal(await this.granted.get(target.trackId), request, response);
      case 'dash':
        return text(DASH_TYPE, await this.manifests.dash(target.trackId, permit));
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

const splitOnce = (url: string): readonly string[] => {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
};

/** Manifests carry signatures that die within minutes: nobody keeps them. */
const sendText = (response: ServerResponse, type: string, body: string, withBody: boolean): void => {
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(withBody ? body : undefined);
};

const sendError = (response: ServerResponse, error: DomainError): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  if (error.retryAfterSeconds !== undefined)
    response.setHeader('retry-after', String(error.retryAfterSeconds));
  for (const name of ['etag', 'accept-ranges', 'content-disposition']) response.removeHeader(name);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
};
