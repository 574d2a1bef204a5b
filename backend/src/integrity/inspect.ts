import { errorMessage } from '../common/error-code.js';
import type { CheckProgress } from './check-progress.js';
import { lineOf, type Broken, type House, type Invariant, type InvariantId } from './invariant.js';

export interface Outcome {
  readonly broken: number;
  readonly mended: number;
}

type Tell = (line: string) => void;

/** @returns why it could not be mended, or null. */
const mendOne = async ({ mend }: Broken): Promise<string | null> => {
  if (mend === undefined) return 'it needs a person';
  try {
    await mend();
    return null;
  } catch (error) {
    return errorMessage(error);
  }
};

/** Every invariant in turn, a line for each thing that breaks one; with `repair`, each line says what became of it. */
export const inspect = async (
  house: House,
  invariants: readonly Invariant[],
  repair: boolean,
  tell: Tell,
  progress: CheckProgress,
): Promise<Outcome> => {
  let broken = 0;
  let mended = 0;
  for (const { id, holds, find } of invariants) {
    progress.begin({ id, holds });
    try {
      for await (const each of find(house)) {
        broken++;
        const reason = repair ? await mendOne(each) : null;
        if (repair && reason === null) mended++;
        tell(lineOf(id, each) + afterwards(repair, reason));
      }
    } catch (error) {
      broken++;
      tell(couldNotLook(id, holds, error));
    }
  }
  progress.end();
  return { broken, mended };
};

const afterwards = (repair: boolean, reason: string | null): string => {
  if (!repair) return '';
  return reason === null ? ' [mended]' : ` [not mended: ${reason}]`;
};

/** What cannot be looked at is not known to hold. */
const couldNotLook = (id: InvariantId, holds: string, error: unknown): string =>
  lineOf(id, { what: 'check', problem: `it could not be seen whether ${holds}: ${errorMessage(error)}` });
