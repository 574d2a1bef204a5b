import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { isId } from '../common/id.js';
import { Database } from '../database/database.js';
import { HourlySweep } from '../storage/hourly-sweep.js';
import { OBJECT_STORE } from '../storage/object-store.js';
import { sweep, SWEEP_AGE_MS, type Sweepable } from '../storage/sweep.js';
import { ARTWORK_PREFIX, artworkOfKey } from './artwork-keys.js';

/** Removes pictures without a row: their objects come first, and a worker may be killed in between. */
@Injectable()
export class ArtworkSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly hourly = new HourlySweep('pictures', (signal) => this.sweep(signal));

  constructor(
    private readonly db: Database,
    @Inject(OBJECT_STORE) private readonly store: Sweepable,
  ) {}

  onApplicationBootstrap(): void {
    this.hourly.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.hourly.stop();
  }

  sweep(signal: AbortSignal): Promise<number> {
    return sweep(
      this.store.list(ARTWORK_PREFIX, SWEEP_AGE_MS),
      (keys) => this.named(keys),
      (key) => this.store.delete(key),
      signal,
    );
  }

  private async named(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const ids = [...new Set(keys.map(artworkOfKey))].filter(isId);
    const rows = await this.db.query<{ readonly id: string }>(
      'SELECT id FROM artworks WHERE id = ANY($1::uuid[])',
      [ids],
    );
    const known = new Set(rows.map((row) => row.id));
    return new Set(keys.filter((key) => known.has(artworkOfKey(key))));
  }
}
