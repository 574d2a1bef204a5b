import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** One registry a process; rooms declare their own series with the functions below. */
export const registry = new Registry();

export const startDefaultMetrics = (): void =>
  collectDefaultMetrics({ register: registry, prefix: 'kanade_' });

export const counter = (name: string, help: string, labelNames: readonly string[] = []): Counter =>
  new Counter({ name: `kanade_${name}`, help, labelNames: [...labelNames], registers: [registry] });

export const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
  new Gauge({ name: `kanade_${name}`, help, labelNames: [...labelNames], registers: [registry] });

export const histogram = (
  name: string,
  help: string,
  labelNames: readonly string[],
  buckets: readonly number[],
): Histogram =>
  new Histogram({
    name: `kanade_${name}`,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [registry],
  });
