import type { Rows } from './propagation.js';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/** Adam over plain numbers: they are needed as such for the propagation, so tensors would only be copies. */
export class Adam {
  private steps = 0;
  private readonly first: Float32Array;
  private readonly second: Float32Array;

  constructor(
    private readonly values: Rows,
    private readonly rate: number,
  ) {
    this.first = new Float32Array(values.length);
    this.second = new Float32Array(values.length);
  }

  /** Moves the values, in place. */
  step(gradient: Rows): void {
    this.steps++;
    const { values, first, second } = this;
    const firstScale = 1 / (1 - FIRST_DECAY ** this.steps);
    const secondScale = 1 / (1 - SECOND_DECAY ** this.steps);
    for (let at = 0; at < values.length; at++) {
      const slope = gradient[at] ?? 0;
      const mean = FIRST_DECAY * (first[at] ?? 0) + (1 - FIRST_DECAY) * slope;
      const square = SECOND_DECAY * (second[at] ?? 0) + (1 - SECOND_DECAY) * slope * slope;
      first[at] = mean;
      second[at] = square;
      values[at] =
        (values[at] ?? 0) - (this.rate * mean * firstScale) / (Math.sqrt(square * secondScale) + EPSILON);
    }
  }
}
