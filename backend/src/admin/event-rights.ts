import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { reaches } from '../common/access.js';
import { isDatabaseUnavailable } from '../common/problem.js';
import type { Visible } from '../libraries/seen.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { Credentials } from '../users/credentials.js';
import { namesOfHolder } from '../users/revocations.js';
import type { SignedIn } from '../users/signed-in.js';

/** Who listens to events, and what they saw as they began. */
export interface EventRights {
  readonly visible: Visible;
  /** Whether the end of what this name stands for may be the end of theirs; without a name anybody's may be. */
  concernedBy(holder: string | undefined): boolean;
  /** Whether a stream that begins now would show the same. */
  hold(): Promise<boolean>;
}

/** Pure. */
export const isSameSight = (one: Visible, other: Visible): boolean =>
  one === null || other === null
    ? one === other
    : one.length === other.length && one.every((id) => other.includes(id));

/** A stream outlives the request that was let in, so its rights are asked for again. */
@Injectable()
export class EventRightsReader {
  constructor(
    private readonly credentials: Credentials,
    private readonly libraries: VisibleLibraries,
  ) {}

  async of(user: SignedIn, request: FastifyRequest): Promise<EventRights> {
    const visible = await this.libraries.of(user);
    return {
      visible,
      concernedBy: (holder) => holder === undefined || namesOfHolder(user.holder).includes(holder),
      hold: () => this.hold(visible, request),
    };
  }

  /** While nobody can tell, they do: a page that is refused once does not come back by itself. */
  private async hold(visible: Visible, request: FastifyRequest): Promise<boolean> {
    try {
      const who = await this.credentials.of(request);
      if (who === null || !reaches(who.role, 'listener')) return false;
      return isSameSight(visible, await this.libraries.of(who));
    } catch (error) {
      if (isDatabaseUnavailable(error)) return true;
      throw error;
    }
  }
}
