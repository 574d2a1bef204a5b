import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from './common/log.js';
import { counter, histogram } from './common/metrics.js';

const BUCKETS_SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10];

const seconds = histogram(
  'http_request_seconds',
  'Time to answer an API request.',
  ['method', 'route', 'status'],
  BUCKETS_SECONDS,
);

const mediaRequests = counter(
  'media_requests_total',
  'Answers below /media: manifests, segments, originals.',
  ['status'],
);

/** Counts and logs every answer of the API by its route's pattern: an id or a query never becomes a label or a log line. */
export const observeRequests = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      seconds.observe(labels, reply.elapsedTime / 1000);
      log.info({ ...labels, ms: Math.round(reply.elapsedTime) }, 'request');
      done();
    });
};

type MediaHandler = (request: IncomingMessage, response: ServerResponse, headers?: readonly string[]) => void;

/** A series each, found once: to look one up by its labels costs more than to count. */
const counts = new Map<number, { inc(): void }>();

function countAnswer(this: ServerResponse): void {
  const { statusCode } = this;
  const count = counts.get(statusCode) ?? mediaRequests.labels(String(statusCode));
  counts.set(statusCode, count);
  count.inc();
}

/** Media answers are counted and not logged one by one: a listener asks for one every few seconds. */
export const countMedia =
  (handle: MediaHandler): MediaHandler =>
  (request, response, headers) => {
    response.on('finish', countAnswer);
    handle(request, response, headers);
  };
