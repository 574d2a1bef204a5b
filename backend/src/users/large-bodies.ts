import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BODY_LIMIT_BYTES, bodyRuleOf } from '../common/body-limit.js';
import { DomainError } from '../common/errors.js';
import { Places } from '../common/places.js';
import { Credentials } from './credentials.js';

/** One that does not say how large it is may become as large as its route allows. */
const isLarge = ({ headers }: FastifyRequest): boolean => {
  const declared = headers['content-length'];
  return declared === undefined
    ? headers['transfer-encoding'] !== undefined
    : Number(declared) > BODY_LIMIT_BYTES;
};

/** A body is read before the guard asks who sends it: so of large ones it is asked before that, and few are held. */
@Injectable()
export class LargeBodies {
  private readonly places = new Places({
    all: 4,
    ofOne: 2,
    complaint: 'Too many large files are being sent at once. Try again soon.',
  });

  constructor(private readonly credentials: Credentials) {}

  /** @throws DomainError NOT_SIGNED_IN, TOO_MANY_REQUESTS */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!isLarge(request)) return;
    const user = await this.credentials.of(request);
    if (user === null) throw new DomainError('NOT_SIGNED_IN', 'Please sign in.');
    reply.raw.once('close', this.places.enter(user.userId));
  }
}

/** Gives each route the limit that it declares; before there are routes. */
export const limitBodies = (app: NestFastifyApplication): void => {
  const bodies = app.get(LargeBodies);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      const rule = bodyRuleOf(route.config);
      if (rule === undefined) return;
      route.bodyLimit = rule.limitBytes;
      route.onRequest = (request, reply) => bodies.admit(request, reply);
    });
};
