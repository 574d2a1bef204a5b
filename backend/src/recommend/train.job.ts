import { Injectable } from '@nestjs/common';
import { ModelDirectoryError, ModelStore, type TrainingFacts } from '@kanade/ml';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { cutOf, holdOutOf, type HoldOut } from './hold-out.js';
import { Likings } from './likings.js';
import { promote, recipeOf } from './model-shelf.js';
import { historiesOf, rowsOf, type Liking } from './training-data.js';
import type { Recipe, TrainingOutcome, TrainingTask } from './training-run.js';
import { TrainingThreads } from './training-threads.js';
import { Trainings } from './trainings.js';
import type { Report } from './trainings.dto.js';
import { Weights } from './weights.js';

/** The same plays give the same model. */
const SEED = 1;

/** What is read for a training, and what is written of it. */
@Injectable()
export class TrainingRoom {
  constructor(
    readonly weights: Weights,
    readonly likings: Likings,
    readonly store: ModelStore,
    readonly threads: TrainingThreads,
  ) {}
}

/** Trains a model and lets it serve, or says why not; whatever happens, the one before stays until then. */
@Injectable()
export class TrainJob {
  constructor(
    private readonly trainings: Trainings,
    private readonly room: TrainingRoom,
  ) {}

  async run(id: string, signal: AbortSignal, isLastAttempt: boolean): Promise<void> {
    if (!(await this.trainings.begin(id))) return;
    try {
      await this.train(id, signal);
    } catch (error) {
      // What was stopped with its worker is begun again by the next.
      if (isLastAttempt && !signal.aborted) await this.trainings.failed(id, errorMessage(error));
      throw error;
    }
  }

  private async train(id: string, signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const { weights, likings, store, threads } = this.room;
    await weights.refresh(signal);
    const all = await likings.all();
    if (all.length === 0) return this.trainings.refused(id, 'noPlays', null, null);
    const cutMs = cutOf(all);
    const holdOut = holdOutOf(all, cutMs, cutMs === null ? [] : await likings.before(cutMs));
    const listeners = await likings.countListeners();
    const now = Date.now();
    const { task, trackIds } = taskOf(all, holdOut, { listeners, now, previous: await this.previous() });
    const outcome = await threads.train(task, (stage, progress) => this.tell(id, stage, progress), signal);
    const report = reportOf(task, holdOut, outcome, Math.round(performance.now() - began));
    const { recipe, state, refusedBy } = outcome;
    if (state === null) return this.trainings.refused(id, refusedBy ?? 'numbers', recipe.rung, report);
    const facts = factsOf(task, outcome, report, now);
    const version = await promote(store, { ...facts, parent: await store.currentVersion() }, state, trackIds);
    await this.trainings.promoted(id, version, recipe.rung, report);
  }

  /** One that cannot be read has nothing to be compared with. */
  private async previous(): Promise<Recipe | null> {
    const { store } = this.room;
    const version = await store.currentVersion();
    if (version === null) return null;
    try {
      return recipeOf((await store.read(version)).manifest);
    } catch (error) {
      if (!(error instanceof ModelDirectoryError)) throw error;
      log.warn({ err: error, version }, 'the model that served cannot be read');
      return null;
    }
  }

  private tell(id: string, stage: string, progress: number): void {
    this.trainings
      .tell(id, stage, progress)
      .catch((error: unknown) => log.debug({ err: error }, 'how far a training is was not told'));
  }
}

const taskOf = (
  all: readonly Liking[],
  holdOut: HoldOut,
  { listeners, now, previous }: { listeners: number; now: number; previous: Recipe | null },
): { readonly task: TrainingTask; readonly trackIds: readonly string[] } => {
  const rows = rowsOf(all);
  const task = {
    all: historiesOf(all, rows, now),
    train: historiesOf(holdOut.train, rows, holdOut.cutMs ?? now),
    truth: historiesOf(holdOut.truth, rows, now),
    listeners,
    previous,
    seed: SEED,
  };
  return { task, trackIds: rows.trackIds };
};

const factsOf = (
  { all, seed }: TrainingTask,
  { recipe: { rung, settings }, contestants }: TrainingOutcome,
  { gates, tookMs }: Report,
  now: number,
): Omit<TrainingFacts, 'parent'> => ({
  path: rung,
  trainedAt: new Date(now).toISOString(),
  window: { from: null, to: new Date(now).toISOString() },
  counts: { listeners: all.userCount, items: all.itemCount, plays: all.items.length },
  backend: 'typed arrays',
  seed,
  settings: { [rung]: settings },
  metrics: contestants.map(({ name, ndcg20, recall20, coverage, popularity }) => ({
    model: name,
    values: { ndcg20, recall20, coverage, popularity },
  })),
  gates: gates.map(({ name, passed, value, needed }) => ({
    name,
    isPassed: passed,
    words: `${value.toFixed(4)} of at least ${needed.toFixed(4)}`,
  })),
  // Of the wall: nothing else of the thread is known.
  cpuSeconds: tookMs / 1000,
  origins: [],
});

const reportOf = (
  { all, listeners }: TrainingTask,
  { kind, cutMs, truth }: HoldOut,
  { contestants, previous, gates }: TrainingOutcome,
  tookMs: number,
): Report => ({
  holdOut: {
    kind,
    cutAt: cutMs === null ? null : new Date(cutMs).toISOString(),
    listeners: new Set(truth.map(({ userId }) => userId)).size,
    tracks: truth.length,
  },
  listeners: all.userCount,
  tasteListeners: listeners,
  tracks: all.itemCount,
  likings: all.items.length,
  models: [...contestants],
  previous,
  gates: [...gates],
  tookMs,
});
