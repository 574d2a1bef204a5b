import type { Training } from './trainings.dto.js';

const STATES: Readonly<Record<Training['state'], string>> = {
  waiting: 'waits',
  running: 'is under way',
  promoted: 'serves',
  refused: 'was refused',
  failed: 'failed',
};

const cells = (values: readonly string[]): string =>
  values
    .map((value) => value.padEnd(12))
    .join('')
    .trimEnd();
const figure = (value: number): string => value.toFixed(4);

/** Pure: a training in lines, with what each rung measured on the hold-out and the gates. */
export const trainingLines = (training: Training): readonly string[] => {
  const { state, rung, model, reason, report, askedAt } = training;
  const named = [rung, model === null ? null : `model ${model}`, reason].filter((part) => part !== null);
  const head = `${askedAt}  ${[STATES[state], ...named].join(', ')}`;
  if (report === null) return [head];
  const { holdOut, models, gates, listeners, tracks, likings } = report;
  return [
    head,
    `${listeners} listeners, ${tracks} tracks, ${likings} likings; hold-out ${holdOut.kind} of ${holdOut.listeners} listeners`,
    cells(['rung', 'NDCG@20', 'Recall@20', 'coverage']),
    ...models.map(({ name, ndcg20, recall20, coverage }) =>
      cells([name, figure(ndcg20), figure(recall20), figure(coverage)]),
    ),
    ...gates.map(
      ({ name, passed, value, needed }) =>
        `gate ${name}: ${figure(value)} of at least ${figure(needed)}, ${passed ? 'passed' : 'not passed'}`,
    ),
  ];
};
