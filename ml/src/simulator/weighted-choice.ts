import type { Random } from '../data/random.js';

/** Draws rows as often as their weights say. */
export class WeightedChoice {
  private readonly upTo: Float64Array;

  constructor(
    private readonly rows: Int32Array,
    weightOf: (row: number) => number,
  ) {
    this.upTo = new Float64Array(rows.length);
    rows.forEach((row, place) => {
      this.upTo[place] = (this.upTo[place - 1] ?? 0) + weightOf(row);
    });
  }

  draw(random: Random): number {
    const wanted = random.next() * (this.upTo.at(-1) ?? 0);
    let [low, high] = [0, this.upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.upTo[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.rows[low] ?? 0;
  }
}
