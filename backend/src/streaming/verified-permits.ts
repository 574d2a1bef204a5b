import { verifyQuery, type MediaPermit, type SigningKey } from './signing.js';

/** Some megabytes at the most. */
const REMEMBERED = 20_000;

/**
 * A player asks for each segment of a track with the same signature, so what was found right is remembered by all its
 * bytes until it expires. What was found wrong is not: nobody can fill this without the key.
 */
export class VerifiedPermits {
  private readonly known = new Map<string, MediaPermit>();

  constructor(private readonly keys: readonly SigningKey[]) {}

  verify(prefix: string, query: string, nowSeconds: number): MediaPermit | undefined {
    // Neither part can hold a line break, so no two pairs share a name.
    const name = `${prefix}\n${query}`;
    const known = this.known.get(name);
    if (known !== undefined && nowSeconds < known.expiresAtSeconds) return known;
    const permit = verifyQuery(this.keys, prefix, query, nowSeconds);
    if (permit === undefined) {
      this.known.delete(name);
      return undefined;
    }
    this.known.set(name, permit);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return permit;
  }
}
