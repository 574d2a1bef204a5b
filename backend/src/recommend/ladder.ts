import {
  ease,
  itemKnn,
  popularity,
  type Histories,
  type Model,
  type ModelState,
  type Settings,
} from '@kanade/ml';

/** Which models there are for how many listeners, the simpler ones first. */
export interface Rung {
  readonly name: string;
  /** Of listeners with as many artists as make a taste. */
  readonly fromListeners: number;
  /** What it keeps grows with the square of its items. */
  readonly mostItems: number;
  train(data: Histories, settings: Settings | null, seed: number): Model | Promise<Model>;
  readonly defaults: Settings;
}

/** Who heard fewer artists is no listener whom a model could learn from. */
export const TASTE_FROM_ARTISTS = 10;

interface AnyTrainer<S extends Settings> {
  readonly name: string;
  readonly defaults: S;
  train(data: Histories, settings: S, seed: number): Model | Promise<Model>;
}

/** Settings are flat numbers by name: those that were kept stand over the defaults, others are not known any more. */
const rung = <S extends Settings>(
  trainer: AnyTrainer<S>,
  fromListeners: number,
  mostItems = Infinity,
): Rung => ({
  name: trainer.name,
  fromListeners,
  mostItems,
  defaults: trainer.defaults,
  train: (data, settings, seed) => trainer.train(data, { ...trainer.defaults, ...settings }, seed),
});

export const LADDER: readonly Rung[] = [rung(popularity, 0), rung(itemKnn, 2), rung(ease, 50, 8000)];

/** Makes a model again of what it said of itself. @throws RangeError when that is not whole, or of no kind we know */
export const restoreModel = (state: ModelState): Model => {
  const trainer = [popularity, itemKnn, ease].find(({ name }) => name === state.kind);
  if (trainer === undefined) throw new RangeError(`nobody knows how to make a model of kind ${state.kind}`);
  return trainer.restore(state);
};

/** Pure: the rungs that as many listeners and tracks can carry. */
export const rungsFor = (listeners: number, items: number): readonly Rung[] =>
  LADDER.filter(({ fromListeners, mostItems }) => listeners >= fromListeners && items <= mostItems);

/** A rung as it was trained and measured. */
export interface Climbed {
  readonly name: string;
  readonly ndcg20: number;
}

/** Pure: the highest rung that beats all simpler ones; what is no number beats nothing. */
export const highestOf = <C extends Climbed>(climbed: readonly C[]): C | undefined =>
  climbed.reduce<C | undefined>(
    (best, next) => (best === undefined || next.ndcg20 > best.ndcg20 ? next : best),
    undefined,
  );
