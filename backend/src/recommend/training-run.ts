import { historyOf, measure, type Histories, type Model, type ModelState, type Settings } from '@kanade/ml';
import { judge, type Gate, type GateName, type Measured } from './gates.js';
import { LADDER, highestOf, rungsFor, type Rung } from './ladder.js';

/** The recipe of a model: by it the model can be made anew of other data. */
export interface Recipe {
  readonly rung: string;
  readonly settings: Settings;
}

/** Everything that a training needs, as numbers; it goes to a thread as it is. */
export interface TrainingTask {
  readonly all: Histories;
  /** Of the same listeners and items as `all`. */
  readonly train: Histories;
  readonly truth: Histories;
  readonly listeners: number;
  readonly previous: Recipe | null;
  readonly seed: number;
}

export interface TrainingOutcome {
  readonly recipe: Recipe;
  readonly contestants: readonly (Measured & { readonly name: string })[];
  readonly previous: Measured | null;
  readonly gates: readonly Gate[];
  readonly refusedBy: GateName | null;
  /** Null where the model was refused. */
  readonly state: ModelState | null;
}

export type Stage = 'holdOut' | 'gates' | 'train';
export type Tell = (stage: Stage, progress: number) => void;

interface Contestant extends Measured {
  readonly name: string;
  readonly areNumbers: boolean;
  readonly rung: Rung;
  readonly settings: Settings;
}

const LOOKED_AT = 20;

/** Measures each rung on the hold-out, judges the best, and makes it of everything if it may serve. */
export const runTraining = async (task: TrainingTask, tell: Tell): Promise<TrainingOutcome> => {
  const rungs = rungsFor(task.listeners, task.all.itemCount);
  const contestants: Contestant[] = [];
  const tries = rungs.reduce((sum, { choices }) => sum + choices.length, 0);
  let tried = 0;
  for (const rung of rungs) {
    const chosen: Contestant[] = [];
    for (const settings of rung.choices) {
      tell('holdOut', (0.6 * tried++) / tries);
      chosen.push(await contestantOf(rung, settings, task));
    }
    const best = highestOf(chosen);
    if (best) contestants.push(best);
  }
  const best = highestOf(contestants);
  const [popularity] = contestants;
  if (best === undefined || popularity === undefined) throw new Error('The ladder has no rung.');
  tell('gates', 0.6);
  const previous = await previousOf(task, contestants);
  const itemKnn = contestants.find(({ name }) => name === 'item-knn') ?? null;
  const isLearnt = best !== popularity;
  const judged = judge({
    model: measuredOf(best),
    popularity: measuredOf(popularity),
    itemKnn: isLearnt && itemKnn !== null && itemKnn !== best ? measuredOf(itemKnn) : null,
    previous,
    isLearnt,
    areNumbers: best.areNumbers,
  });
  const outcome = {
    recipe: { rung: best.name, settings: best.settings },
    contestants: contestants.map((each) => ({ name: each.name, ...measuredOf(each) })),
    previous,
    gates: judged.gates,
  };
  if (judged.refusedBy !== null) return { ...outcome, refusedBy: judged.refusedBy, state: null };
  tell('train', 0.7);
  const model = await best.rung.train(task.all, best.settings, task.seed);
  if (!givesNumbers(model, task.all)) return { ...outcome, refusedBy: 'numbers', state: null };
  return { ...outcome, refusedBy: null, state: model.state };
};

const contestantOf = async (rung: Rung, settings: Settings, task: TrainingTask): Promise<Contestant> => {
  const model = await rung.train(task.train, settings, task.seed);
  const { ndcg20, recall20, coverage20, popularity20 } = measure(model, task.train, task.truth);
  return {
    ndcg20,
    recall20,
    coverage: coverage20,
    popularity: popularity20,
    areNumbers: givesNumbers(model, task.train),
    name: rung.name,
    rung,
    settings,
  };
};

/** The model that serves has seen what is held out: it is made anew without it, by its own recipe. */
const previousOf = async (
  task: TrainingTask,
  contestants: readonly Contestant[],
): Promise<Measured | null> => {
  const { previous } = task;
  const rung = LADDER.find(({ name }) => name === previous?.rung);
  if (previous === null || rung === undefined) return null;
  const same = contestants.find(
    ({ name, settings }) =>
      name === previous.rung && JSON.stringify(settings) === JSON.stringify(previous.settings),
  );
  return measuredOf(same ?? (await contestantOf(rung, previous.settings, task)));
};

const measuredOf = ({ ndcg20, recall20, coverage, popularity }: Measured): Measured => ({
  ndcg20,
  recall20,
  coverage,
  popularity,
});

/** Some listeners tell whether it broke. */
const givesNumbers = (model: Model, all: Histories): boolean => {
  const step = Math.max(1, Math.floor(all.userCount / LOOKED_AT));
  for (let user = 0; user < all.userCount; user += step)
    if (!model.scores(historyOf(all, user)).every(Number.isFinite)) return false;
  return true;
};
