import { transposed, type Histories } from '../data/histories.js';

/** Rows of numbers one after the other: row i is values[i * width .. (i + 1) * width]. */
export type Rows = Float32Array<ArrayBuffer>;

export interface Embeddings {
  readonly users: Rows;
  readonly items: Rows;
}

export interface Spread extends Embeddings {
  /** What items pass on to listeners: a listener's sum is their own first numbers and these of what they heard. */
  readonly passed: Rows;
}

interface Edges {
  readonly starts: Int32Array;
  readonly others: Int32Array;
  readonly values: Float32Array;
}

/**
 * The graph of listeners and items, each edge its weight over the roots of both ends' degrees. Sparse: one step costs
 * as much as there are plays, never listeners times items.
 */
export class PlayGraph {
  readonly itemDegrees: Float64Array;
  private readonly toUsers: Edges;
  private readonly toItems: Edges;

  constructor(
    data: Histories,
    readonly width: number,
  ) {
    const byItem = transposed(data);
    const userDegrees = sumsOfRows(data);
    this.itemDegrees = sumsOfRows(byItem);
    this.toUsers = edgesOf(data, userDegrees, this.itemDegrees);
    this.toItems = edgesOf(byItem, this.itemDegrees, userDegrees);
  }

  /** What each end is after `layers` steps along the edges, all steps added up. Symmetric: it is its own gradient. */
  spread({ users, items }: Embeddings, layers: number): Spread {
    const sums = { users: users.slice(), items: items.slice(), passed: new Float32Array(items.length) };
    let step: Embeddings = { users, items };
    for (let layer = 0; layer < layers; layer++) {
      addInto(sums.passed, step.items);
      step = { users: this.gather(this.toUsers, step.items), items: this.gather(this.toItems, step.users) };
      addInto(sums.users, step.users);
      addInto(sums.items, step.items);
    }
    return sums;
  }

  private gather({ starts, others, values }: Edges, from: Rows): Rows {
    const { width } = this;
    const into = new Float32Array((starts.length - 1) * width);
    for (let row = 0; row + 1 < starts.length; row++) {
      const end = starts[row + 1] ?? 0;
      for (let at = starts[row] ?? 0; at < end; at++)
        addScaled(into, row * width, from, (others[at] ?? 0) * width, values[at] ?? 0, width);
    }
    return into;
  }
}

/** Adds `factor` times one row to another. */
export function addScaled(
  into: Float32Array,
  intoAt: number,
  from: Float32Array,
  fromAt: number,
  factor: number,
  width: number,
): void {
  for (let column = 0; column < width; column++)
    into[intoAt + column] = (into[intoAt + column] ?? 0) + factor * (from[fromAt + column] ?? 0);
}

export function addInto(into: Float32Array, from: Float32Array): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) + (from[at] ?? 0);
}

export function sumsOfRows({ userCount, starts, weights }: Histories): Float64Array {
  const sums = new Float64Array(userCount);
  for (let user = 0; user < userCount; user++) {
    const end = starts[user + 1] ?? 0;
    for (let at = starts[user] ?? 0; at < end; at++) sums[user] = (sums[user] ?? 0) + (weights[at] ?? 0);
  }
  return sums;
}

function edgesOf({ starts, items, weights }: Histories, rows: Float64Array, columns: Float64Array): Edges {
  const values = new Float32Array(items.length);
  rows.forEach((degree, row) => {
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at++)
      values[at] = (weights[at] ?? 0) / Math.sqrt(degree * (columns[items[at] ?? 0] ?? 0));
  });
  return { starts, others: items, values };
}
