import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExtension } from '@nestjs/swagger';

/** What a body may have where its route says nothing else. */
export const BODY_LIMIT_BYTES = 1 << 20;

interface BodyRule {
  readonly limitBytes: number;
  readonly kind: 'json' | 'picture';
}

/** Of a route whose bodies may be larger: for people who are signed in, and few at once (users/large-bodies.ts). */
export const LargeBody = (
  limitBytes: number,
  kind: BodyRule['kind'] = 'json',
): MethodDecorator & ClassDecorator => {
  const bodyRule: BodyRule = { limitBytes, kind };
  return applyDecorators(RouteConfig({ bodyRule }), ApiExtension('x-body-limit-bytes', limitBytes));
};

/** Undefined for a route with the limit that all have. */
export const bodyRuleOf = (routeConfig: unknown): BodyRule | undefined =>
  typeof routeConfig === 'object' && routeConfig !== null && 'bodyRule' in routeConfig
    ? // Written by the decorator above, and by nothing else.
      (routeConfig.bodyRule as BodyRule)
    : undefined;
