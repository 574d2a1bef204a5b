import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import { ROLES, SCOPES } from '../common/access.js';
import { errorMessage } from '../common/error-code.js';
import { newId } from '../common/id.js';
import { log } from '../common/log.js';
import { ToldLately } from '../common/told-lately.js';
import { Notifier } from '../database/notifier.js';
import { SessionMemory } from './session-memory.js';
import type { SignedIn } from './signed-in.js';

/** A message can be lost with its connection. */
const TOLD_AGAIN_MS = 5 * 60_000;
const REMEMBERED = 20_000;

const signedIn = z.object({
  name: z.string(),
  who: z.object({
    userId: z.string(),
    username: z.string(),
    role: z.enum(ROLES),
    holder: z.string(),
    credentialId: z.string(),
    scopes: z.array(z.enum(SCOPES)).nullable(),
  }),
});
/** Without a session: a process that has started, and knows of none. */
const news = z.object({ from: z.string(), session: signedIn.optional() });
const ended = z.object({ holder: z.string() });

/**
 * Who is signed in here is known to the other API processes, too, should the database go away before they see him; and
 * whoever signs out at one of them is forgotten by all.
 */
@Injectable()
export class SessionNews implements OnApplicationBootstrap, OnModuleDestroy {
  /** This process. */
  private readonly self = newId();
  private readonly told = new ToldLately(TOLD_AGAIN_MS, REMEMBERED);
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly memory: SessionMemory,
    private readonly notifier: Notifier,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.memory.onRead((name, who) => this.tell(name, who));
    const forgetSessions = await this.notifier.subscribe('kanade_session', (payload) => {
      const { from, session } = news.safeParse(payload).data ?? { from: this.self };
      if (from === this.self) return;
      if (session === undefined) this.told.clear();
      else this.memory.learn(session.name, session.who);
    });
    await this.notifier.publish('kanade_session', { from: this.self });
    const forgetRevoked = await this.notifier.subscribe('kanade_revoked', (payload) => {
      const holder = ended.safeParse(payload).data?.holder;
      if (holder !== undefined) this.memory.forgetHolder(holder);
    });
    this.unsubscribe = () => {
      forgetSessions();
      forgetRevoked();
    };
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  private tell(name: string, who: SignedIn): void {
    if (!this.told.take(name)) return;
    const session = { name, who };
    this.notifier.publish('kanade_session', { from: this.self, session }).catch((error: unknown) => {
      this.told.forget(name);
      log.debug({ error: errorMessage(error) }, 'a session was not told to the other processes');
    });
  }
}
