/** Fits the low byte of a posting; 0 says that the set has no number, and that its row knows. */
const MOST = 255;

/**
 * Numbers the sets of libraries in which things lie. A household has one library, a service some, and a set is nearly
 * always one of them; sets that come when the numbers are used up are looked at row by row.
 */
export class Audiences {
  private readonly numbers = new Map<string, number>();
  private readonly sets: (readonly string[])[] = [];

  /** Sets that get their numbers first. */
  constructor(first: readonly (readonly string[])[]) {
    for (const libraries of first) this.numberOf(libraries);
  }

  numberOf(libraries: readonly string[]): number {
    const key = libraries.join(' ');
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.sets.length >= MOST) return 0;
    this.sets.push(libraries);
    this.numbers.set(key, this.sets.length);
    return this.sets.length;
  }

  get numbered(): readonly { readonly number: number; readonly libraries: readonly string[] }[] {
    return this.sets.map((libraries, at) => ({ number: at + 1, libraries }));
  }
}
