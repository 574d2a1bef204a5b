import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../frontend/e2e/support/browser.ts';
import { framesOfScrolling } from './page/frames.ts';
import { openHouse, type House } from './page/house.ts';
import type { Figure } from './report/figure.ts';
import { median } from './scan/cpu.ts';

/** What Lighthouse says of the pages, as medians, and how many frames a queue of ten thousand rows loses as it scrolls. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    runs: { type: 'string', default: '5' },
    rows: { type: 'string', default: '10000' },
  },
});
const RUNS = Number(options.runs);
const ROWS = Number(options.rows);
const PERFORMANCE = 95;
const ACCESSIBILITY = 100;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Scores {
  readonly performance: number;
  readonly accessibility: number;
  readonly detail: string;
}

const scoresOf = async (
  url: string,
  port: number,
  cookie: string,
  form: 'phone' | 'desk',
): Promise<Scores> => {
  const result = await lighthouse(
    url,
    {
      port,
      logLevel: 'error',
      onlyCategories: ['performance', 'accessibility'],
      extraHeaders: { cookie },
    },
    form === 'desk' ? desktopConfig : undefined,
  );
  if (!result) throw new Error(`Lighthouse told nothing of ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  const seconds = (id: string): string => `${((audits[id]?.numericValue ?? NaN) / 1000).toFixed(2)} s`;
  const wrong = Object.values(audits)
    .filter(
      ({ id, score }) => categories.accessibility?.auditRefs.some((ref) => ref.id === id) && score === 0,
    )
    .map(({ id }) => id);
  return {
    performance: (categories.performance?.score ?? 0) * 100,
    accessibility: (categories.accessibility?.score ?? 0) * 100,
    detail: [
      ...[
        `first paint ${seconds('first-contentful-paint')}`,
        `largest ${seconds('largest-contentful-paint')}`,
      ],
      ...[
        `blocked ${seconds('total-blocking-time')}`,
        `shift ${audits['cumulative-layout-shift']?.numericValue?.toFixed(3)}`,
      ],
      ...wrong,
    ].join(', '),
  };
};

const scored = (name: string, value: number, goal: number, note: string): Figure => ({
  ...{ name, figure: value, anchor: 100, unit: 'points', ratio: value / 100 },
  ...{ goal: `at least ${goal}`, met: value >= goal, note },
});

const pagesOf = async (house: House): Promise<readonly (readonly [string, string])[]> => {
  const { items } = await house.get<{ readonly items: readonly { readonly id: string }[] }>('/api/albums');
  return [
    ['home', '/'],
    ['album', `/albums/${items[0]?.id}`],
    ['search', '/search?q=title'],
  ];
};

const house = await openHouse({ albums: 12, tracks: 8, seconds: 4 });
const profile = mkdtempSync(join(tmpdir(), 'kanade-bench-browser-'));
const port = 9_333;
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--headless=new',
    '--disable-gpu',
    '--no-first-run',
    `--remote-debugging-port=${port}`,
  ],
});
try {
  const cookie = `${house.cookie.name}=${house.cookie.value}`;
  const figures: Figure[] = [];
  for (const [name, path] of await pagesOf(house))
    for (const form of ['desk', 'phone'] as const) {
      say(`${name}, ${form}`);
      const runs: Scores[] = [];
      for (let run = 0; run < RUNS; run++)
        runs.push(await scoresOf(`${house.url}${path}`, port, cookie, form));
      const middle = [...runs].sort((a, b) => a.performance - b.performance)[Math.floor(RUNS / 2)];
      const of = (key: 'performance' | 'accessibility'): number => median(runs.map((run) => run[key]));
      figures.push(
        scored(`${name}, ${form}, performance`, of('performance'), PERFORMANCE, middle?.detail ?? ''),
        scored(`${name}, ${form}, accessibility`, of('accessibility'), ACCESSIBILITY, ''),
      );
    }
  say(`a queue of ${ROWS} rows`);
  figures.push(await framesOfScrolling(browser, house, ROWS));
  for (const { name, figure, unit, goal, met, note } of figures)
    process.stdout.write(
      `${met ? 'met   ' : 'MISSED'} ${name}: ${figure.toFixed(0)} ${unit} (goal: ${goal})${note ? `; ${note}` : ''}\n`,
    );
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ bench: 'page', figures }, null, 2)}\n`);
} finally {
  await browser.close();
  await house.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exit(0);
