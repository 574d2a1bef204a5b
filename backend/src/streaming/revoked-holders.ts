import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../common/id.js';
import { log } from '../common/log.js';
import { CONFIG, type Config } from '../config/config.js';
import { Notifier } from '../database/notifier.js';
import { namesOfHolder, Revocations, type Revocation } from '../users/revocations.js';
import type { MediaPermit } from './signing.js';

/** A notification can be lost with its connection; then the list is this old at the most. */
const LOOK_EVERY_MS = 15_000;

/** What nginx reads: see deploy/nginx/kanade.conf. */
export const revokedFile = (dataDir: string): string => join(dataDir, 'media-revoked.txt');

/** Whose addresses this process refuses, in memory: no request for a segment asks the database. */
@Injectable()
export class RevokedHolders implements OnApplicationBootstrap, OnModuleDestroy {
  private refused: ReadonlyMap<string, number> = new Map();
  private written: string | null = null;
  private unsubscribe: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly revocations: Revocations,
    private readonly notifier: Notifier,
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDir'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.unsubscribe = await this.notifier.subscribe('kanade_revoked', () => this.lookSoon());
    await this.look();
    this.timer = setInterval(() => this.lookSoon(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.unsubscribe?.();
    clearInterval(this.timer);
    await this.running;
  }

  /** An address signed after the revocation ends later, so a holder who is let in again is heard. */
  isRevoked({ holder, expiresAtSeconds }: Pick<MediaPermit, 'holder' | 'expiresAtSeconds'>): boolean {
    if (this.refused.size === 0) return false;
    return namesOfHolder(holder).some((name) => expiresAtSeconds <= (this.refused.get(name) ?? 0));
  }

  /** One after the other: an older answer never replaces a newer one. A list that cannot be read stays as it is. */
  private lookSoon(): void {
    this.running = this.running
      .then(() => this.look())
      .catch((error: unknown) => log.debug({ err: error }, 'revoked holders could not be read'));
  }

  private async look(): Promise<void> {
    const list = await this.revocations.current();
    this.refused = latestOf(list);
    const text = [...this.refused].map(([holder, until]) => `${holder} ${until}\n`).join('');
    if (text === this.written) return;
    const path = revokedFile(this.config.dataDir);
    // Processes in containers may share this folder and a process id.
    const draft = `${path}.${newId()}`;
    await writeFile(draft, text, { mode: 0o644 });
    await rename(draft, path);
    this.written = text;
  }
}

const latestOf = (list: readonly Revocation[]): ReadonlyMap<string, number> => {
  const latest = new Map<string, number>();
  for (const { holder, refusedUntilSeconds } of list)
    latest.set(holder, Math.max(refusedUntilSeconds, latest.get(holder) ?? 0));
  return latest;
};
