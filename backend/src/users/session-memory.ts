import { Injectable } from '@nestjs/common';
import { isDatabaseUnavailable } from '../common/problem.js';
import type { SignedIn } from './signed-in.js';

const REMEMBERED = 20_000;
/** A player asks for a new address at least this often. */
const FRESH_MS = 15 * 60_000;
/** How long nobody who was signed in is turned away for want of a database. */
const AWAY_LIMIT_MS = 5 * 60_000;

/** Who was signed in when the database was last asked, for the minutes in which it does not answer. */
@Injectable()
export class SessionMemory {
  private readonly seen = new Map<string, { readonly who: SignedIn; readonly at: number }>();
  /** Sessions that have ended never come back: late news of one is refused. */
  private readonly ended = new Set<string>();
  private awaySince: number | null = null;
  private told: (name: string, who: SignedIn) => void = () => undefined;

  /** `listener` hears of everyone who was found signed in. */
  onRead(listener: (name: string, who: SignedIn) => void): void {
    this.told = listener;
  }

  /** Somebody whom another process found signed in. */
  learn(name: string, who: SignedIn): void {
    this.remember(name, who, performance.now());
  }

  /** This session of a user has ended, wherever that was. */
  forgetHolder(holder: string): void {
    this.ended.add(holder);
    const [oldest] = this.ended;
    if (this.ended.size > REMEMBERED && oldest !== undefined) this.ended.delete(oldest);
    for (const [name, { who }] of this.seen) if (who.holder === holder) this.seen.delete(name);
  }

  forget(name: string): void {
    this.seen.delete(name);
  }

  /** @throws as `read` does, when there is nothing to recall or the database has been away for too long */
  async recallWhileAway(
    name: string,
    read: () => Promise<SignedIn | null>,
    now: () => number = () => performance.now(),
  ): Promise<SignedIn | null> {
    try {
      const who = await read();
      this.awaySince = null;
      this.seen.delete(name);
      if (who !== null) {
        this.remember(name, who, now());
        this.told(name, who);
      }
      return who;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      this.awaySince ??= now();
      const known = this.seen.get(name);
      const isUsable = known !== undefined && now() - known.at < FRESH_MS;
      if (!isUsable || now() - this.awaySince > AWAY_LIMIT_MS) throw error;
      return known.who;
    }
  }

  private remember(name: string, who: SignedIn, at: number): void {
    if (this.ended.has(who.holder)) return;
    this.seen.set(name, { who, at });
    const [oldest] = this.seen.keys();
    if (this.seen.size > REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
  }
}
