import { z } from 'zod';
import { pageSchema } from '../common/page.js';
import { GATES } from './gates.js';

export const REFUSALS = [...GATES, 'noPlays'] as const;

const measuredSchema = z.object({
  ndcg20: z.number(),
  recall20: z.number(),
  coverage: z.number(),
  popularity: z.number(),
});

/** What was measured, all on one hold-out. */
export const reportSchema = z.object({
  holdOut: z.object({
    kind: z.enum(['temporal', 'random']),
    /** What was heard for the first time from then on was to be found. */
    cutAt: z.iso.datetime().nullable(),
    listeners: z.int(),
    tracks: z.int(),
  }),
  listeners: z.int(),
  /** Of them those whose taste is known well enough to learn from. */
  tasteListeners: z.int(),
  tracks: z.int(),
  likings: z.int(),
  models: z.array(measuredSchema.extend({ name: z.string() })),
  previous: measuredSchema.nullable(),
  gates: z.array(
    z.object({ name: z.enum(GATES), passed: z.boolean(), value: z.number(), needed: z.number() }),
  ),
  tookMs: z.int(),
});
export type Report = z.output<typeof reportSchema>;

export const trainingSchema = z
  .object({
    id: z.string(),
    cause: z.enum(['asked', 'nightly']),
    state: z.enum(['waiting', 'running', 'promoted', 'refused', 'failed']),
    stage: z.string().nullable(),
    progress: z.number(),
    askedAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    rung: z.string().nullable(),
    model: z.string().nullable(),
    /** Why the model was refused, by its code; or what went wrong. */
    reason: z.string().nullable(),
    report: reportSchema.nullable(),
  })
  .meta({ id: 'RecommenderTraining' });
export type Training = z.output<typeof trainingSchema>;

/** `current` is the model that serves, null where none does; `kept` are those that can serve again, newest first. */
export const trainingPageSchema = pageSchema(trainingSchema).extend({
  current: z.string().nullable(),
  kept: z.array(z.string()),
});
export type TrainingPage = z.output<typeof trainingPageSchema>;

export const rollbackSchema = z.object({ current: z.string() }).meta({ id: 'RecommenderRollback' });
export type Rollback = z.output<typeof rollbackSchema>;
