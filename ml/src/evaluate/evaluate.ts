import { seedOf } from '../data/random.js';
import { holdOut, type Split } from '../data/splits.js';
import { pairedBootstrap, type Interval } from '../measure/bootstrap.js';
import { measure, type Measured, type RankingMetrics } from '../measure/ranking.js';
import { blendOf } from '../models/blend.js';
import type { Model, Settings, Trainer } from '../models/model.js';
import { chooseBlendWeights } from '../search/blend-weights.js';
import { searchSettings } from '../search/search-settings.js';

export interface EvaluateOptions {
  readonly seeds: number;
  readonly effort: number;
  readonly say: (line: string) => void;
}

export interface Row extends RankingMetrics {
  readonly name: string;
  readonly settings: Settings;
  readonly holdOutNdcg20: number;
  /** Of all processors, for training and scoring once. */
  readonly cpuSeconds: number;
  readonly blendMinusThis?: Interval;
}

const HOLD_OUTS = 3;
const HELD_SHARE = 0.12;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (runs: readonly Measured[], pick: (run: Measured) => number): number => mean(runs.map(pick));
/** One number a listener, the mean over seeds. */
const eachOf = (runs: readonly Measured[]): Float64Array =>
  Float64Array.from(runs[0]?.each.ndcg20 ?? [], (_, at) =>
    mean(runs.map(({ each }) => each.ndcg20[at] ?? 0)),
  );

const metricsOf = (runs: readonly Measured[]): RankingMetrics => ({
  listeners: runs[0]?.listeners ?? 0,
  recall20: meanOf(runs, ({ recall20 }) => recall20),
  ndcg20: meanOf(runs, ({ ndcg20 }) => ndcg20),
  ndcg100: meanOf(runs, ({ ndcg100 }) => ndcg100),
  coverage20: meanOf(runs, ({ coverage20 }) => coverage20),
  popularity20: meanOf(runs, ({ popularity20 }) => popularity20),
});

const spentSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/**
 * Settings and weights are chosen on hold-outs of the training alone; only then is the test looked at, once a seed, with
 * every model and their blend side by side.
 */
export const evaluateSplit = async (
  split: Split,
  trainers: readonly Trainer[],
  { seeds, effort, say }: EvaluateOptions,
): Promise<Row[]> => {
  const folds = Array.from({ length: HOLD_OUTS }, (_, fold) =>
    holdOut(split.train, HELD_SHARE, seedOf('hold-out', fold)),
  );
  const chosen: { readonly trainer: Trainer; readonly settings: Settings; readonly ndcg20: number }[] = [];
  for (const trainer of trainers) {
    const before = process.cpuUsage();
    const found = await searchSettings(trainer, folds, { seed: 1, effort });
    chosen.push({ trainer, ...found });
    say(`${trainer.name}: ${found.trainings} trainings, ${spentSince(before).toFixed(0)} s of a processor`);
  }
  const prepared = [];
  for (const [fold, heldOut] of folds.entries()) {
    const models: Model[] = [];
    for (const { trainer, settings } of chosen)
      models.push(await trainer.train(heldOut.train, settings, seedOf(1, trainer.name, fold)));
    prepared.push({ split: heldOut, models });
  }
  const blend = chooseBlendWeights(prepared, 1);
  say('settings and weights are chosen; now the test');

  const runs = chosen.map((): Measured[] => []);
  const spent = chosen.map((): number[] => []);
  const blended: Measured[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const members = [];
    for (const [at, { trainer, settings }] of chosen.entries()) {
      const before = process.cpuUsage();
      const model = await trainer.train(split.train, settings, seed);
      runs[at]?.push(measure(model, split.train, split.test));
      spent[at]?.push(spentSince(before));
      const weight = blend.weights[at] ?? 0;
      if (weight > 0) members.push({ name: trainer.name, weight, model });
    }
    blended.push(measure(blendOf(members), split.train, split.test));
    say(`seed ${seed} of ${seeds}`);
  }
  const rows = chosen.map(({ trainer, settings, ndcg20 }, at) => ({
    name: trainer.name,
    settings,
    holdOutNdcg20: ndcg20,
    ...metricsOf(runs[at] ?? []),
    cpuSeconds: mean(spent[at] ?? []),
    blendMinusThis: pairedBootstrap(eachOf(blended), eachOf(runs[at] ?? []), 1),
  }));
  const weights = Object.fromEntries(chosen.map(({ trainer }, at) => [trainer.name, blend.weights[at] ?? 0]));
  const cpuSeconds = rows.reduce((sum, row) => sum + ((weights[row.name] ?? 0) > 0 ? row.cpuSeconds : 0), 0);
  return [
    ...rows,
    { name: 'blend', settings: weights, holdOutNdcg20: blend.ndcg20, ...metricsOf(blended), cpuSeconds },
  ];
};
