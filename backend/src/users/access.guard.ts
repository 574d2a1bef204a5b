import { Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_RULE, KEY_RULE, reaches, scopeFor, type AccessRule, type KeyRule } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { Credentials } from './credentials.js';
import { SetupService } from './setup.service.js';
import type { SignedIn } from './signed-in.js';

const signedIn = new WeakMap<FastifyRequest, SignedIn>();

/** Denies by default: a route without an access rule answers nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
    private readonly setup: SetupService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const declared = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, declared);
    if (rule === undefined) throw new DomainError('FORBIDDEN', 'This route is open to nobody.');
    if (rule.kind === 'setup') return true;
    if (!(await this.setup.isDone()))
      throw new DomainError('SETUP_REQUIRED', 'Make the first administrator at /setup.');
    if (rule.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = await this.credentials.of(request);
    if (user === null) throw new DomainError('NOT_SIGNED_IN', 'Please sign in.');
    if (!reaches(user.role, rule.role))
      throw new DomainError('FORBIDDEN', `This needs the role ${rule.role}.`);
    const keyRule = this.reflector.getAllAndOverride<KeyRule | undefined>(KEY_RULE, declared);
    requireScope(user, keyRule ?? scopeFor(rule.role, request.method));
    signedIn.set(request, user);
    return true;
  }
}

/** A person may do what their role may; a key at most what it was made for. */
const requireScope = ({ scopes }: SignedIn, needed: KeyRule): void => {
  if (scopes === null) return;
  if (needed === 'session')
    throw new DomainError('FORBIDDEN', 'No API key opens this. Sign in with name and password.');
  if (!scopes.includes(needed))
    throw new DomainError('FORBIDDEN', `This needs a key with the scope ${needed}.`);
};

/** The user that the guard let in. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const user = signedIn.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (user === undefined) throw new DomainError('NOT_SIGNED_IN', 'Please sign in.');
  return user;
});
