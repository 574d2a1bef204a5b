import type { Row } from './evaluate.js';

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

const settingsOf = (row: Row): string =>
  Object.entries(row.settings)
    .filter(([, value]) => row.name !== 'blend' || value > 0)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`)
    .join(', ');

const cellsOf = (row: Row): string[] => {
  const { mean, low, high } = row.blendMinusThis ?? { mean: 0, low: 0, high: 0 };
  return [
    row.name,
    row.recall20.toFixed(4),
    row.ndcg20.toFixed(4),
    row.ndcg100.toFixed(4),
    row.coverage20.toFixed(3),
    row.popularity20.toFixed(0),
    row.cpuSeconds.toFixed(1),
    row.holdOutNdcg20.toFixed(4),
    row.blendMinusThis === undefined ? '' : `${signed(mean)} [${signed(low)}, ${signed(high)}]`,
    settingsOf(row),
  ];
};

const HEAD = [
  'model',
  'Recall@20',
  'NDCG@20',
  'NDCG@100',
  'coverage',
  'mean popularity',
  'CPU s',
  'hold-out NDCG@20',
  'blend minus this, NDCG@20, 95 %',
  'settings or weights',
];

/** As Markdown, so that what a terminal shows can stand in a document. */
export const tableOf = (rows: readonly Row[]): string =>
  [HEAD, HEAD.map(() => '---'), ...rows.map(cellsOf)].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
