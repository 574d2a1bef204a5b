import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';

/** What a body may have where its route says nothing else. */
export const BODY_LIMIT_BYTES = 1 << 20;

const CONFIG = 'bodyLimitBytes';

/** Of a route whose bodies may be larger: for people who are signed in, and few at once (users/large-bodies.ts). */
export const LargeBody = (limitBytes: number): MethodDecorator & ClassDecorator =>
  applyDecorators(RouteConfig({ [CONFIG]: limitBytes }), ApiExtension('x-body-limit-bytes', limitBytes));

/** Undefined for a route with the limit that all have. */
export const bodyLimitOf = (routeConfig: unknown): number | undefined => {
  if (typeof routeConfig !== 'object' || routeConfig === null || !(CONFIG in routeConfig)) return undefined;
  const limit: unknown = routeConfig[CONFIG];
  return typeof limit === 'number' ? limit : undefined;
};
