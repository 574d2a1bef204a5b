import { rungOfAddress, type FailedRung } from './failure';

interface Fetched {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly rung: FailedRung;
  readonly sizeBytes: number;
}

/** Longer than what stays buffered behind the one that sounds. */
const REMEMBERED_SECONDS = 120;

/** Which rung's bytes were fetched for which place of a timeline: who finds some of them damaged asks whose they are. */
export class FetchedSegments {
  /** As they were fetched, the latest last. */
  #fetched: readonly Fetched[] = [];

  note(startSeconds: number, endSeconds: number, address: string, sizeBytes: number): void {
    const rung = rungOfAddress(address);
    if (!rung) return;
    const isKept = (each: Fetched): boolean =>
      each.startSeconds !== startSeconds && each.endSeconds > startSeconds - REMEMBERED_SECONDS;
    this.#fetched = [...this.#fetched.filter(isKept), { startSeconds, endSeconds, rung, sizeBytes }];
  }

  get last(): FailedRung | null {
    return this.#fetched.at(-1)?.rung ?? null;
  }

  at(seconds: number): FailedRung | null {
    return this.#find(seconds)?.rung ?? null;
  }

  /** As its bytes were counted, where the rung's name says only what its encoder was asked for. */
  measuredKbpsAt(seconds: number): number | null {
    const found = this.#find(seconds);
    return found ? (found.sizeBytes * 8) / 1000 / (found.endSeconds - found.startSeconds) : null;
  }

  #find(seconds: number): Fetched | undefined {
    const covers = ({ startSeconds, endSeconds }: Fetched): boolean =>
      startSeconds <= seconds && seconds < endSeconds;
    return this.#fetched.findLast(covers);
  }
}
