import { median } from '../scan/cpu.ts';
import type { Figure } from '../report/figure.ts';
import { steadyListeners, type Load, type Pace, type Steady } from './load.ts';
import type { TestedServer } from './servers.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

export interface Tested {
  readonly name: string;
  readonly server: TestedServer;
  readonly paths: string;
  readonly loads: Load[];
}

const ofLoads = (tested: Tested, pick: (load: Load) => number): number => median(tested.loads.map(pick));
const cost = (tested: Tested): number => ofLoads(tested, (load) => load.microsecondsARequest);

export const compare = (tested: Tested, anchor: Tested, limit: number, goal: string): Figure => {
  const ratio = median(
    tested.loads.map(
      (load, round) => load.microsecondsARequest / (anchor.loads[round]?.microsecondsARequest ?? 0),
    ),
  );
  return {
    name: `${tested.name} against ${anchor.name}`,
    figure: cost(tested),
    anchor: cost(anchor),
    unit: 'CPU-us a request',
    ratio,
    goal,
    met: ratio <= limit,
  };
};

export const printLoads = (
  all: readonly Tested[],
  { bytes, rounds, seconds }: { readonly bytes: string; readonly rounds: number; readonly seconds: number },
): void => {
  print(`${bytes} bytes a segment; medians of ${rounds} rounds of ${seconds} s, the servers by turns`);
  for (const tested of all)
    print(
      `  ${tested.name.padEnd(28)} ${cost(tested).toFixed(1).padStart(7)} CPU-us a request, ` +
        `${ofLoads(tested, (load) => load.requestsASecond)
          .toFixed(0)
          .padStart(6)} a second; ` +
        `server ${ofLoads(tested, (load) => load.serverCores).toFixed(2)} cores, ` +
        `generator ${ofLoads(tested, (load) => load.generatorCores).toFixed(2)} cores ` +
        `(${ofLoads(tested, (load) => load.generatorMicroseconds).toFixed(0)} us a request)`,
    );
};

export const printedSteady = async ({ name, server, paths }: Tested, pace: Pace): Promise<Steady> => {
  const steady = await steadyListeners(server, paths, pace);
  print(
    `  ${name.padEnd(28)} p50 ${steady.p50Ms.toFixed(1)}, p99 ${steady.p99Ms.toFixed(1)}, max ${steady.maxMs.toFixed(0)} ms; ` +
      `${steady.fetched} sent, ${steady.failed} failed, ${steady.late} late, ${steady.reconnected} reconnected; ` +
      `${steady.serverCores.toFixed(2)} cores, ${(steady.residentBytes / 1e6).toFixed(0)} MB; ` +
      `generator ${steady.generatorCores.toFixed(2)} cores, its own lag p99 ${steady.generatorLagP99Ms.toFixed(1)} ms`,
  );
  return steady;
};

export const compareSteady = (
  listeners: number,
  ours: readonly Steady[],
  anchor: readonly Steady[],
): Figure => {
  const p99 = (each: Steady): number => each.p99Ms;
  const late = (all: readonly Steady[]): number => all.reduce((sum, each) => sum + each.late, 0);
  const ratio = median(ours.map((each, turn) => each.p99Ms / (anchor[turn]?.p99Ms ?? 0)));
  const lagMs = median([...ours, ...anchor].map((each) => each.generatorLagP99Ms));
  return {
    name: `${listeners} steady listeners`,
    figure: median(ours.map(p99)),
    anchor: median(anchor.map(p99)),
    unit: 'ms, p99',
    ratio,
    goal: '0 failed, no more late than nginx, at most 3x nginx, at most 450 MB',
    met:
      ours.every(({ failed }) => failed === 0) &&
      late(ours) <= late(anchor) &&
      ratio <= 3 &&
      Math.max(...ours.map(({ residentBytes }) => residentBytes)) <= 450e6,
    note: `the generator's own lag: p99 ${lagMs.toFixed(1)} ms; what lies below it tells of the generator`,
  };
};
