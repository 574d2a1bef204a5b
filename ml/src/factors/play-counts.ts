import type { Interactions } from '../data/interactions.js';

export interface CountedPlays {
  readonly interactions: Interactions;
  /** Which id stands in which row of items. */
  readonly items: readonly string[];
}

export interface FewestCounts {
  /** Listeners with fewer different items tell nothing. */
  readonly items: number;
  /** Items with fewer listeners tell of those listeners rather than of themselves, and are left out. */
  readonly listeners: number;
}

/** The range in which how often something was played counts, over the listener's own geometric mean. */
const LEAST = 0.2;
const MOST = 4;
const DAMPING = 0.3;

/** Counts who played what, a play at a time, so that a dump of any length fits whose pairs fit. */
export class PlayCounter {
  private readonly rows = new Map<string, Map<string, number>>();
  /** One string an item: each line of a file brings a new one of its own. */
  private readonly ids = new Map<string, string>();
  private plays = 0;

  add(listener: string, item: string): void {
    this.plays++;
    const id = this.ids.get(item) ?? item;
    this.ids.set(id, id);
    const row = this.rows.get(listener) ?? new Map<string, number>();
    row.set(id, (row.get(id) ?? 0) + 1);
    this.rows.set(listener, row);
  }

  get playCount(): number {
    return this.plays;
  }

  /** Pure. Listeners lose their ids; both are in the order of their ids, so that the order of the plays changes nothing. */
  interactions(fewest: FewestCounts): CountedPlays {
    const kept = this.keptRows(fewest);
    const items = [...new Set(kept.flatMap((row) => [...row.keys()]))].sort();
    const rowOf = new Map(items.map((id, row) => [id, row]));
    const cells = kept.flatMap((row, user) => {
      const counts = [...row].sort(([a], [b]) => (a < b ? -1 : 1));
      const mean = Math.exp(counts.reduce((sum, [, count]) => sum + Math.log(count), 0) / counts.length);
      return counts.map(([id, count]) => ({ user, item: rowOf.get(id) ?? 0, weight: damped(count / mean) }));
    });
    return {
      items,
      interactions: {
        userCount: kept.length,
        itemCount: items.length,
        users: Int32Array.from(cells, ({ user }) => user),
        items: Int32Array.from(cells, ({ item }) => item),
        weights: Float32Array.from(cells, ({ weight }) => weight),
      },
    };
  }

  private keptRows(fewest: FewestCounts): Map<string, number>[] {
    const ids = [...this.rows.keys()].sort();
    const telling = ids
      .map((id) => this.rows.get(id) ?? new Map<string, number>())
      .filter((row) => row.size >= fewest.items);
    const listeners = new Map<string, number>();
    for (const row of telling) for (const id of row.keys()) listeners.set(id, (listeners.get(id) ?? 0) + 1);
    return telling
      .map((row) => new Map([...row].filter(([id]) => (listeners.get(id) ?? 0) >= fewest.listeners)))
      .filter((row) => row.size > 0);
  }
}

const damped = (ratio: number): number => Math.min(MOST, Math.max(LEAST, ratio ** DAMPING));
