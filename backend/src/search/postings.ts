const GROWTH = 1.5;

/** A list of numbers that grows in one piece: millions of them without an object each. */
class Numbers {
  private held = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.held.length) {
      const wider = new Int32Array(Math.ceil(this.length * GROWTH));
      wider.set(this.held);
      this.held = wider;
    }
    this.held[this.length++] = value;
  }

  at(index: number): number {
    return this.held[index] ?? 0;
  }
}

export interface SortedPostings {
  /** In the order of their characters. */
  readonly words: readonly string[];
  /** The things of the word, ascending. */
  of(word: number): Int32Array;
  /** Of the words from one up to, not including, another: with repeats. */
  all(from: number, to: number): Int32Array;
}

/** Which things hold which words, collected thing by thing in ascending order. */
export class Postings {
  private readonly numberOf = new Map<string, number>();
  private readonly words = new Numbers();
  private readonly things = new Numbers();

  add(word: string, thing: number): void {
    let number = this.numberOf.get(word);
    if (number === undefined) {
      number = this.numberOf.size;
      this.numberOf.set(word, number);
    }
    this.words.push(number);
    this.things.push(thing);
  }

  sorted(): SortedPostings {
    const words = [...this.numberOf.keys()].sort(byCharacters);
    const placeOf = new Int32Array(words.length);
    words.forEach((word, place) => (placeOf[this.numberOf.get(word) ?? 0] = place));
    // Counted, then dealt out: each word's things stay in the order in which they came.
    const starts = new Int32Array(words.length + 1);
    const count = this.words.length;
    const place = (at: number): number => placeOf[this.words.at(at)] ?? 0;
    for (let at = 0; at < count; at++) starts[place(at) + 1] = (starts[place(at) + 1] ?? 0) + 1;
    for (let word = 0; word < words.length; word++)
      starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
    const next = starts.slice();
    const dealt = new Int32Array(count);
    for (let at = 0; at < count; at++) {
      const word = place(at);
      const to = next[word] ?? 0;
      dealt[to] = this.things.at(at);
      next[word] = to + 1;
    }
    const all = (from: number, to: number): Int32Array => dealt.subarray(starts[from] ?? 0, starts[to] ?? 0);
    return { words, all, of: (word) => all(word, word + 1) };
  }
}

const byCharacters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
