import { rungOfAddress, type FailedRung } from './failure';

interface Fetched {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly rung: FailedRung;
}

/** Longer than what stays buffered behind the one that sounds. */
const REMEMBERED_SECONDS = 120;

/** Which rung's bytes were fetched for which place of a timeline: who finds some of them damaged asks whose they are. */
export class FetchedSegments {
  /** As they were fetched, the latest last. */
  #fetched: readonly Fetched[] = [];

  note(startSeconds: number, endSeconds: number, address: string): void {
    const rung = rungOfAddress(address);
    if (!rung) return;
    const isKept = (each: Fetched): boolean =>
      each.startSeconds !== startSeconds && each.endSeconds > startSeconds - REMEMBERED_SECONDS;
    this.#fetched = [...this.#fetched.filter(isKept), { startSeconds, endSeconds, rung }];
  }

  get last(): FailedRung | null {
    return this.#fetched.at(-1)?.rung ?? null;
  }

  at(seconds: number): FailedRung | null {
    const covers = ({ startSeconds, endSeconds }: Fetched): boolean =>
      startSeconds <= seconds && seconds < endSeconds;
    return this.#fetched.findLast(covers)?.rung ?? null;
  }
}
