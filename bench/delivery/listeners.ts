import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/**
 * Listeners of a process of their own: each keeps one connection and asks for a segment every few seconds; one of
 * fifty times it seeks, which is three at once. Arguments: port, listeners, seconds, period in ms, file of paths.
 */
const [port = 0, count = 0, seconds = 0, periodMs = 0] = process.argv.slice(2, 6).map(Number);
const paths = readFileSync(process.argv[6] ?? '', 'utf8')
  .trim()
  .split('\n');

export interface SteadyResult {
  readonly fetched: number;
  readonly failed: number;
  readonly late: number;
  readonly reconnected: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly generatorCores: number;
  readonly generatorLagP99Ms: number;
}

const shared = Buffer.allocUnsafe(1 << 20);
const times: number[] = [];
const counted = { failed: 0, late: 0, reconnected: 0 };
let measuring = false;

class Listener {
  private socket: Socket | null = null;
  /** Bytes still to come; -1 before the head. */
  private left = -1;
  private startedAt = 0;
  private busy = false;
  private seeks = 0;

  open(): Promise<void> {
    return new Promise((resolve) => {
      const onread = {
        buffer: shared,
        callback: (length: number, bytes: Uint8Array) => this.take(length, bytes),
      };
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, resolve);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (this.busy) counted.failed += 1;
        this.busy = false;
        this.socket = null;
        resolve();
      });
      this.socket = socket;
    });
  }

  ask(): void {
    if (this.busy) {
      counted.late += 1;
      return;
    }
    this.busy = true;
    this.left = -1;
    this.startedAt = performance.now();
    if (this.socket === null) {
      counted.reconnected += 1;
      void this.open();
    }
    const path = paths[Math.floor(Math.random() * paths.length)] ?? '';
    this.socket?.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  }

  private take(length: number, bytes: Uint8Array): boolean {
    if (this.left >= 0) this.left -= length;
    else {
      const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, 2048)).toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      const bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (end < 0 || !head.startsWith('HTTP/1.1 200') || Number.isNaN(bodyBytes)) {
        counted.failed += 1;
        this.busy = false;
        return true;
      }
      this.left = bodyBytes - (length - end - 4);
    }
    if (this.left <= 0) this.finish();
    return true;
  }

  private finish(): void {
    this.busy = false;
    if (measuring) times.push(performance.now() - this.startedAt);
    if (this.seeks > 0) this.seeks -= 1;
    else if (Math.random() < 0.02) this.seeks = 2;
    else return;
    this.ask();
  }
}

const listeners = Array.from({ length: count }, () => new Listener());
for (let first = 0; first < count; first += 200)
  await Promise.all(listeners.slice(first, first + 200).map((each) => each.open()));

/** What is counted is the time between two looks, which is that long by itself. */
const LOOK_EVERY_MS = 2;
const lag = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
const WARM_UP_MS = periodMs;
const start = performance.now();
let cpu = process.cpuUsage();
let next = 0;

const finish = (): void => {
  const used = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
  const result: SteadyResult = {
    fetched: times.length,
    ...counted,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    generatorCores: (used.user + used.system) / 1e6 / seconds,
    generatorLagP99Ms: Math.max(0, lag.percentile(99) / 1e6 - LOOK_EVERY_MS),
  };
  process.send?.(result, () => process.exit(0));
};

const tick = (): void => {
  const passed = performance.now() - start;
  if (!measuring && passed >= WARM_UP_MS) {
    measuring = true;
    cpu = process.cpuUsage();
    lag.enable();
    process.send?.('measuring');
  }
  for (const due = Math.floor((passed / periodMs) * count); next < due; next += 1)
    listeners[next % count]?.ask();
  if (passed < WARM_UP_MS + seconds * 1000) setTimeout(tick, 2);
  else finish();
};
tick();
