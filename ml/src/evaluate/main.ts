import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TRAINERS } from '../models/registry.js';
import { evaluateSplit } from './evaluate.js';
import { readSplit } from './read-lists.js';
import { tableOf } from './table.js';

const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    effort: { type: 'string', default: '1' },
    models: { type: 'string' },
    json: { type: 'string' },
  },
});
const seeds = Number(values.seeds);
const effort = Number(values.effort);
const names = values.models?.split(',');
/** Without ages, decayed popularity is popularity. */
const trainers = TRAINERS.filter(({ name }) => names?.includes(name) ?? name !== 'decayed-popularity');
if (
  values.train === undefined ||
  values.test === undefined ||
  !(seeds >= 1) ||
  !(effort >= 0) ||
  trainers.length === 0
) {
  process.stderr.write(
    'npm run ml:evaluate -- --train FILE --test FILE [--seeds N] [--effort SHARE] [--models NAME,NAME] [--json FILE]\n',
  );
  process.exit(2);
}
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const split = readSplit(values.train, values.test);
const rows = await evaluateSplit(split, trainers, { seeds, effort, say });
process.stdout.write(tableOf(rows));
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ seeds, effort, rows }, null, 2)}\n`);
