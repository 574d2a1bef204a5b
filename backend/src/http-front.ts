import { readFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isForeignWrite } from './common/request-rules.js';
import { DomainError } from './common/errors.js';
import { problemOf } from './common/problem.js';
import { isHttps, type Config } from './config/config.js';
import { DATA_POLICY, baseHeaders } from './pages/security-headers.js';

/** Longer than a segment, so that a player keeps its connection between two of them. */
const KEEP_ALIVE_MS = 120_000;
const HEADERS_TIMEOUT_MS = 20_000;

/** What answers once the process is up; each takes the whole request. */
export interface Handlers {
  readonly api: RequestListener;
  /** Puts the headers into its answers by itself: for a segment, setting them here costs as much as the rest. */
  readonly media: (request: IncomingMessage, response: ServerResponse, headers: readonly string[]) => void;
  readonly pages: RequestListener;
  readonly isSetUp: () => Promise<boolean>;
}

export const sendProblem = (response: ServerResponse, error: DomainError): void => {
  const problem = problemOf(error);
  const body = JSON.stringify(problem);
  if (error.retryAfterSeconds !== undefined)
    response.setHeader('retry-after', String(error.retryAfterSeconds));
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};

/** The one origin: listens at once, answers 503 until the handlers are there, then gives each path to its handler. */
export class HttpFront {
  readonly server: Server;
  private handlers: Handlers | null = null;
  private readonly headers: readonly (readonly [string, string])[];
  private readonly mediaHeaders: readonly string[];

  constructor(private readonly config: Config) {
    const listener: RequestListener = (request, response) => this.dispatch(request, response);
    this.server =
      config.tls === null
        ? createServer(listener)
        : createTlsServer(
            { cert: readFileSync(config.tls.certPath), key: readFileSync(config.tls.keyPath) },
            listener,
          );
    this.server.keepAliveTimeout = KEEP_ALIVE_MS;
    this.server.headersTimeout = HEADERS_TIMEOUT_MS;
    // Pages and the API's reader put a policy of their own in its place.
    const headers = { ...baseHeaders(isHttps(config)), 'content-security-policy': DATA_POLICY };
    this.headers = Object.entries(headers);
    this.mediaHeaders = this.headers.flat();
  }

  /** @returns the port. @throws Error when it is taken or may not be used. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.config.port, this.config.host, () => {
        this.server.off('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : this.config.port);
      });
    });
  }

  open(handlers: Handlers): void {
    this.handlers = handlers;
  }

  /** Takes no new connection, lets running answers end, and cuts what is left after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const cut = setTimeout(() => this.server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(cut);
  }

  private dispatch(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/' } = request;
    if (url.startsWith('/media/') && this.handlers !== null) {
      const { mediaHeaders } = this;
      const headers = this.server.listening ? mediaHeaders : [...mediaHeaders, 'connection', 'close'];
      this.handlers.media(request, response, headers);
      return;
    }
    for (const [name, value] of this.headers) response.setHeader(name, value);
    const path = url.split('?', 1)[0] ?? '/';
    if (!this.server.listening) response.setHeader('connection', 'close');
    if (this.handlers === null) {
      sendProblem(response, new DomainError('STARTING', 'Kanade is starting.', { retryAfterSeconds: 1 }));
      return;
    }
    const { api, pages } = this.handlers;
    if (path === '/api' || path.startsWith('/api/')) {
      this.dispatchApi(request, response, path, api);
    } else {
      pages(request, response);
    }
  }

  private dispatchApi(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    api: RequestListener,
  ): void {
    const header = (name: string): string | undefined => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    const origin = {
      method: request.method ?? 'GET',
      host: header('host'),
      origin: header('origin'),
      fetchSite: header('sec-fetch-site'),
    };
    if (isForeignWrite(origin, this.config.publicUrl?.host ?? null)) {
      sendProblem(response, new DomainError('FOREIGN_ORIGIN', 'This request came from another site.'));
      return;
    }
    const isReader = path === '/api/docs' || path.startsWith('/api/docs/') || path === '/api/openapi.json';
    if (!isReader) {
      api(request, response);
      return;
    }
    response.setHeader('content-security-policy', READER_POLICY);
    // The reader's routes are not Nest's, so its guard does not see them.
    this.handlers?.isSetUp().then(
      (ready) =>
        ready
          ? api(request, response)
          : sendProblem(
              response,
              new DomainError('SETUP_REQUIRED', 'Make the first administrator at /setup.'),
            ),
      () =>
        sendProblem(
          response,
          new DomainError('DATABASE_UNAVAILABLE', 'The database is away.', { retryAfterSeconds: 2 }),
        ),
    );
  }
}

/** Swagger UI brings its own style sheet inline and its icons as data URLs. */
const READER_POLICY = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'`;
