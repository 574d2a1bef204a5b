import {
  ease,
  ials,
  itemKnn,
  popularity,
  SPACES,
  type Histories,
  type Model,
  type Settings,
  type Trainer,
} from '@kanade/ml';

/** A model that may serve as many listeners as these. */
export interface Rung {
  readonly name: string;
  /** Of listeners with as many artists as make a taste. */
  readonly fromListeners: number;
  /** What it keeps grows with the square of its items. */
  readonly mostItems: number;
  /** Settings do not transfer from one house to another: all of these are tried on the hold-out. */
  readonly choices: readonly Settings[];
  /** Settings are flat numbers by name: what is not among them is as the trainer has it. */
  train(data: Histories, settings: Settings, seed: number): Model | Promise<Model>;
}

/** Who heard fewer artists is no listener whom a model could learn from. */
export const TASTE_FROM_ARTISTS = 10;

interface RungOptions {
  readonly mostItems?: number;
  readonly choices?: readonly Settings[];
}

const rung = <S extends Settings>(
  trainer: Pick<Trainer<S>, 'name' | 'defaults' | 'train'>,
  fromListeners: number,
  { mostItems = Infinity, choices = [trainer.defaults] }: RungOptions = {},
): Rung => ({
  ...{ name: trainer.name, fromListeners, mostItems, choices },
  train: (data, settings, seed) => trainer.train(data, { ...trainer.defaults, ...settings }, seed),
});

/** The trainer's own settings first, then those that are always looked at beside them. */
const fixedOf = <S extends Settings>({
  name,
  defaults,
}: Pick<Trainer<S>, 'name' | 'defaults'>): Settings[] => [defaults, ...(SPACES[name]?.fixed ?? [])];

/** The simpler ones first. From how many listeners on each may be tried was measured: docs/adr/0028. */
export const LADDER: readonly Rung[] = [
  rung(popularity, 0),
  rung(itemKnn, 2),
  rung(ease, 50, { mostItems: 8000, choices: fixedOf(ease) }),
  rung(ials, 200, { choices: fixedOf(ials) }),
];

/** Pure: the rungs that as many listeners and tracks can carry. */
export const rungsFor = (listeners: number, items: number): readonly Rung[] =>
  LADDER.filter(({ fromListeners, mostItems }) => listeners >= fromListeners && items <= mostItems);

/** A rung as it was trained and measured. */
export interface Climbed {
  readonly name: string;
  readonly ndcg20: number;
}

/** Pure: the highest of all, the first of equals; what is no number beats nothing, and everything beats it. */
export const highestOf = <C extends Climbed>(climbed: readonly C[]): C | undefined => {
  const [first, ...others] = climbed.filter(({ ndcg20 }) => Number.isFinite(ndcg20));
  if (first === undefined) return climbed[0];
  return others.reduce((best, next) => (next.ndcg20 > best.ndcg20 ? next : best), first);
};
