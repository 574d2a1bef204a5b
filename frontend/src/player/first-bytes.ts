import type { GrantedItem } from './queue-timeline';
import { nearestRung } from './queue-references';

/** Bytes, and what fetching them took: as much is learnt of the line as if Shaka had fetched them. */
export interface Fetched {
  readonly data: ArrayBuffer;
  readonly timeMs: number;
}

interface Coming {
  readonly bytes: Promise<Fetched>;
  readonly abort: () => void;
}

/** Signed address -> bytes; kept music has addresses of its own kind, and is at hand anyway. */
const isOfTheServer = (address: string): boolean =>
  new URL(address, location.href).protocol.startsWith('http');

/**
 * The init part and the first segment of one track, fetched side by side: Shaka asks for the one only when it has taken
 * in the other. Owned by PlayAhead, which calls `forget`.
 */
export class FirstBytes {
  readonly #coming = new Map<string, Coming>();

  /** Of the track before nothing more is fetched that nobody took. */
  fetch(item: GrantedItem, bitrateKbps: number): void {
    const rung = nearestRung(item.rungs, bitrateKbps);
    if (!rung || !isOfTheServer(rung.init)) return;
    const addresses = [rung.init, rung.segments.replace('$Number$', '0')].map(whole);
    if (addresses.every((address) => this.#coming.has(address))) return;
    this.forget();
    for (const address of addresses) this.#coming.set(address, fetchWhole(address));
  }

  /** Once: what was taken in vain is asked for anew. */
  take(address: string): Promise<Fetched> | undefined {
    const name = whole(address);
    const coming = this.#coming.get(name);
    this.#coming.delete(name);
    return coming?.bytes;
  }

  forget(): void {
    for (const { abort } of this.#coming.values()) abort();
    this.#coming.clear();
  }
}

const whole = (address: string): string => new URL(address, location.href).href;

const fetchWhole = (address: string): Coming => {
  const abort = new AbortController();
  const startedAt = performance.now();
  const bytes = fetch(address, { signal: abort.signal }).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status} for the first bytes of a track`);
    const data = await answer.arrayBuffer();
    return { data, timeMs: performance.now() - startedAt };
  });
  // Whoever takes it hears of it; nobody has to.
  bytes.catch(() => undefined);
  return { bytes, abort: () => abort.abort() };
};
