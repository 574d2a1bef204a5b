/** What every bench prints: a figure beside an anchor that was measured in the same run, and never one without the other. */
export interface Figure {
  readonly name: string;
  readonly figure: number;
  readonly anchor: number;
  readonly unit: string;
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
  readonly note?: string;
}
