import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import { errorMessage } from '../common/error-code.js';
import { newId } from '../common/id.js';
import { log } from '../common/log.js';
import { ToldLately } from '../common/told-lately.js';
import { Notifier } from '../database/notifier.js';
import { GrantedTracks } from './granted-tracks.js';

/** A message can be lost with its connection. */
const TOLD_AGAIN_MS = 5 * 60_000;
const REMEMBERED = 5000;
/** A notification holds at most 8,000 bytes. */
const MOST_IN_ONE = 150;

/** Without tracks: a process that has started, and knows of none. */
const news = z.object({ from: z.string(), trackIds: z.array(z.string()).optional() });

/**
 * What one API process grants, the others learn: a listener's next request may reach any of them, and the database may
 * be away by then. A track that a process knows already costs it nothing.
 */
@Injectable()
export class GrantNews implements OnApplicationBootstrap, OnModuleDestroy {
  /** This process. */
  private readonly self = newId();
  private readonly told = new ToldLately(TOLD_AGAIN_MS, REMEMBERED);
  private readonly heard = new Set<string>();
  private learning: Promise<void> = Promise.resolve();
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly granted: GrantedTracks,
    private readonly notifier: Notifier,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.granted.onGranted((trackIds) => this.tell(trackIds));
    this.unsubscribe = await this.notifier.subscribe('kanade_granted', (payload) => this.hear(payload));
    await this.notifier.publish('kanade_granted', { from: this.self });
  }

  async onModuleDestroy(): Promise<void> {
    this.unsubscribe?.();
    await this.learning;
  }

  private tell(trackIds: readonly string[]): void {
    const fresh = trackIds.filter((id) => this.told.take(id));
    for (let at = 0; at < fresh.length; at += MOST_IN_ONE) this.publish(fresh.slice(at, at + MOST_IN_ONE));
  }

  private publish(trackIds: readonly string[]): void {
    this.notifier.publish('kanade_granted', { from: this.self, trackIds }).catch((error: unknown) => {
      for (const id of trackIds) this.told.forget(id);
      log.debug({ error: errorMessage(error) }, 'a grant was not told to the other processes');
    });
  }

  /** What comes while the last is being learnt is learnt together, after it. */
  private hear(payload: unknown): void {
    const { from, trackIds } = news.safeParse(payload).data ?? { from: this.self };
    if (from === this.self) return;
    if (trackIds === undefined) this.told.clear();
    for (const id of trackIds ?? []) this.heard.add(id);
    this.learning = this.learning.then(async () => {
      const tracks = [...this.heard];
      this.heard.clear();
      if (tracks.length === 0) return;
      try {
        await this.granted.learn(tracks);
      } catch (error) {
        log.debug({ error: errorMessage(error) }, 'what another process granted was not learnt');
      }
    });
  }
}
