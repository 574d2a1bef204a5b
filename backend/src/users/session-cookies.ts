import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, isHttps, type Config } from '../config/config.js';
import { SESSION_DAYS, type Device } from './session.service.js';
import { readCookie, sessionCookie, sessionCookieName } from './session-token.js';

/** The cookie by which a browser is signed in, on requests and answers. */
@Injectable()
export class SessionCookies {
  private readonly https: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.https = isHttps(config);
  }

  read(request: FastifyRequest): string | undefined {
    return readCookie(request.headers.cookie, sessionCookieName(this.https));
  }

  give(reply: FastifyReply, token: string): void {
    void reply.header('set-cookie', sessionCookie(this.https, token, SESSION_DAYS * 86_400));
  }

  take(reply: FastifyReply): void {
    void reply.header('set-cookie', sessionCookie(this.https, '', 0));
  }
}

/** The address is the proxy's word only where the proxy is a trusted one. */
export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});
