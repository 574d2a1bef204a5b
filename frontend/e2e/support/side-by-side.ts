/**
 * Cases that wait for music to end, so many at a time: all are begun here, and each test asks for the outcome of its
 * own. What goes wrong in one is thrown at whoever asks for that one.
 */
export const sideBySide = <Case, Outcome>(
  cases: readonly Case[],
  atOnce: number,
  work: (each: Case) => Promise<Outcome>,
): ((each: Case) => Promise<Outcome>) => {
  const lanes: Promise<unknown>[] = [];
  const outcomes = new Map(
    cases.map((each, at) => {
      const outcome = Promise.resolve(lanes[at % atOnce]).then(() => work(each));
      lanes[at % atOnce] = outcome.catch(() => undefined);
      return [each, outcome];
    }),
  );
  return (each) => outcomes.get(each) ?? Promise.reject(new Error('this case was never begun'));
};

/** Waits for all of them also when one fails: nothing of a failed attempt may go on into the next. */
const allAtOnce = async <Case, Outcome>(
  cases: readonly Case[],
  work: (each: Case) => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  const outcomes = cases.map(work);
  await Promise.allSettled(outcomes);
  return Promise.all(outcomes);
};

const TAKES = 3;

/**
 * Hears all of them at once. Sound is made in real time, and a machine with too much else to do leaves out some of it:
 * what was not heard as it should be is heard again, by itself.
 */
export const hearTogether = async <Case, Fault>(
  cases: readonly Case[],
  hear: (each: Case) => Promise<Fault>,
  isRight: (fault: Fault) => boolean,
): Promise<readonly Fault[]> => {
  const faults = [...(await allAtOnce(cases, hear))];
  for (const [at, each] of cases.entries())
    for (
      let take = 1, fault = faults[at];
      take < TAKES && fault !== undefined && !isRight(fault);
      take += 1
    ) {
      console.warn(`heard again, since it was not right: ${JSON.stringify(fault)}`);
      fault = await hear(each);
      faults[at] = fault;
    }
  return faults;
};
