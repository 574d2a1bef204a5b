import {
  Inject,
  Injectable,
  createParamDecorator,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, reaches, type AccessRule } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { CONFIG, isHttps, type Config } from '../config/config.js';
import { readCookie, sessionCookieName } from './session-token.js';
import { SessionService } from './session.service.js';
import { SetupService } from './setup.service.js';
import type { SignedIn } from './signed-in.js';

const signedIn = new WeakMap<FastifyRequest, SignedIn>();

/** Denies by default: a route without an access rule answers nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly setup: SetupService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) throw new DomainError('FORBIDDEN', 'This route is open to nobody.');
    if (rule.kind === 'setup') return true;
    if (!(await this.setup.isDone()))
      throw new DomainError('SETUP_REQUIRED', 'Make the first administrator at /setup.');
    if (rule.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = await this.identify(request);
    if (user === null) throw new DomainError('NOT_SIGNED_IN', 'Please sign in.');
    if (!reaches(user.role, rule.role))
      throw new DomainError('FORBIDDEN', `This needs the role ${rule.role}.`);
    signedIn.set(request, user);
    return true;
  }

  private async identify(request: FastifyRequest): Promise<SignedIn | null> {
    const token = readCookie(request.headers.cookie, sessionCookieName(isHttps(this.config)));
    return token === undefined ? null : this.sessions.find(token);
  }
}

/** The user that the guard let in. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const user = signedIn.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (user === undefined) throw new DomainError('NOT_SIGNED_IN', 'Please sign in.');
  return user;
});
