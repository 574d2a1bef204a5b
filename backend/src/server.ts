import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NestFactory } from '@nestjs/core';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.js';
import { validationPipe } from './common/api.js';
import { BODY_LIMIT_BYTES } from './common/body-limit.js';
import { readPictures } from './common/picture-body.js';
import { problemOf } from './common/problem.js';
import { ProblemFilter, toDomainError } from './common/problem.filter.js';
import type { Config } from './config/config.js';
import type { HttpFront } from './http-front.js';
import { NestLog } from './nest-log.js';
import { serveOpenApi } from './openapi.js';
import { PageLibrary } from './pages/page-library.js';
import { pagesHandler } from './pages/pages-handler.js';
import { MediaRoute } from './streaming/media-route.js';
import { countMedia, observeRequests } from './request-log.js';
import { limitBodies } from './users/large-bodies.js';
import { SetupService } from './users/setup.service.js';

const PAGES = fileURLToPath(new URL('../../frontend/out', import.meta.url));

/** The Nest application behind the front's server; ready to answer, but the front decides when. */
export const createApi = async (
  config: Config,
  databaseUrl: string,
  front: HttpFront,
): Promise<{ readonly app: NestFastifyApplication; readonly api: RequestListener }> => {
  let api: RequestListener = (_request, response) => void response.writeHead(503).end();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // A path that Fastify itself refuses (a broken escape, a parameter of a thousand letters) never reaches Nest's filter.
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
      const problem = problemOf(toDomainError(error));
      void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
    },
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    serverFactory: (handler: RequestListener) => {
      api = handler;
      return front.server;
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, databaseUrl),
    adapter,
    { logger: new NestLog(), abortOnError: false },
  );
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  limitBodies(app);
  readPictures(app);
  serveOpenApi(app);
  observeRequests(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, api };
};

export const openFront = async (
  front: HttpFront,
  app: NestFastifyApplication,
  api: RequestListener,
): Promise<void> => {
  const setup = app.get(SetupService);
  const isSetUp = (): Promise<boolean> => setup.isDone();
  const pages = pagesHandler(await PageLibrary.open(PAGES), isSetUp);
  front.open({ api, media: countMedia(app.get(MediaRoute).handle), pages, isSetUp });
};
