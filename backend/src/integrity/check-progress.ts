import type { Invariant } from './invariant.js';

/** Where nobody watches, what is quick needs no word. */
const QUIET_MS = 5000;

export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Says which check fsck is at: on a terminal at once, elsewhere when it takes long. */
export class CheckProgress {
  private timer: NodeJS.Timeout | null = null;
  private checks = 0;

  constructor(
    private readonly output: ProgressOutput,
    private readonly total: number,
  ) {}

  begin({ id, holds }: Pick<Invariant, 'id' | 'holds'>): void {
    this.end();
    this.checks += 1;
    const line = `fsck: ${this.checks} of ${this.total}, whether ${holds} (${id})\n`;
    if (this.output.isTTY === true) this.output.write(line);
    else this.timer = setTimeout(() => this.output.write(line), QUIET_MS).unref();
  }

  end(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
