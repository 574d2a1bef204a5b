import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bodyRuleOf, LargeBody } from './body-limit.js';
import { DomainError } from './errors.js';

/** Pictures as browsers know them. Never SVG, which is a program. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'];

/** A route whose body is a picture, as it stands. */
export const TakesPicture = (limitBytes: number): MethodDecorator & ClassDecorator =>
  applyDecorators(
    LargeBody(limitBytes, 'picture'),
    ApiConsumes(...PICTURE_TYPES),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );

const wrongType = (): DomainError =>
  new DomainError('UNSUPPORTED_MEDIA_TYPE', `Send a picture: ${PICTURE_TYPES.join(', ')}.`);

/** The body of such a route. @throws DomainError UNSUPPORTED_MEDIA_TYPE */
export const PictureBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!Buffer.isBuffer(body)) throw wrongType();
  return body;
});

/** Routes that take none go on refusing pictures by their type. */
export const readPictures = (app: NestFastifyApplication): void => {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(PICTURE_TYPES, { parseAs: 'buffer' }, (request, body, done) => {
      if (bodyRuleOf(request.routeOptions.config)?.kind === 'picture') done(null, body);
      else done(wrongType());
    });
};
