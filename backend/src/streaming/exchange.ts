import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DomainError } from '../common/errors.js';
import { problemOf } from '../common/problem.js';
import { ListenerGone } from './send-bytes.js';

/** Names and values by turns. */
export type FlatHeaders = readonly string[];

/**
 * A request below /media and its answer. The headers of an answer are given all at once: set one by one they cost as
 * much as the rest of our own work on a segment.
 */
export class Exchange {
  private leaving: AbortController | undefined;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly headers: FlatHeaders,
  ) {}

  get isHead(): boolean {
    return this.request.method === 'HEAD';
  }

  /** The listener went away before the answer had left. */
  get hasGone(): boolean {
    return this.response.destroyed && !this.response.writableFinished;
  }

  /** Ends with `hasGone`. Made when somebody waits by it: most answers need none, and it costs as much as a read. */
  get gone(): AbortSignal {
    if (this.leaving === undefined) {
      const leaving = new AbortController();
      const onClose = (): void => {
        if (this.hasGone) leaving.abort(new ListenerGone());
      };
      this.response.once('close', onClose);
      this.leaving = leaving;
      onClose();
    }
    return this.leaving.signal;
  }

  head(status: number, headers: FlatHeaders): ServerResponse {
    return this.response.writeHead(status, [...this.headers, ...headers]);
  }

  /** Answers 304 to who has these bytes already. @returns whether it did */
  isKnownToListener(tag: string, headers: FlatHeaders): boolean {
    const theirs = this.request.headers['if-none-match'];
    if (theirs === undefined || tag === '' || !theirs.split(/\s*,\s*/).includes(tag)) return false;
    this.head(304, ['etag', tag, ...headers]).end();
    return true;
  }

  /** Manifests carry signatures that die within minutes, and errors pass: nobody keeps them. */
  sendText(status: number, type: string, body: string, headers: FlatHeaders = []): void {
    const length = String(Buffer.byteLength(body));
    this.head(status, [
      'content-type',
      type,
      'content-length',
      length,
      'cache-control',
      'no-store',
      ...headers,
    ]);
    this.response.end(this.isHead ? undefined : body);
  }

  sendError(error: DomainError): void {
    if (this.response.headersSent) {
      this.response.destroy();
      return;
    }
    const problem = problemOf(error);
    const { retryAfterSeconds } = error;
    this.sendText(
      problem.status,
      'application/problem+json',
      JSON.stringify(problem),
      retryAfterSeconds === undefined ? [] : ['retry-after', String(retryAfterSeconds)],
    );
  }
}
