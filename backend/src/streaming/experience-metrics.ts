import { counter, histogram } from '../common/metrics.js';
import type { Experience } from './experience.dto.js';

const SECONDS = [0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 30];
const RUNG = ['codec', 'kbps'] as const;

const starts = histogram(
  'playback_start_seconds',
  'from the wish to play to sound, as players tell it',
  RUNG,
  SECONDS,
);
const rebuffers = histogram(
  'playback_rebuffer_seconds',
  'how long sound stopped for want of bytes',
  RUNG,
  SECONDS,
);
const heard = counter('playback_heard_seconds_total', 'music heard, by what it came in', RUNG);
const failures = counter('playback_failures_total', 'tracks that did not play, as players tell it', ['kind']);

export const countExperience = (event: Experience): void => {
  if (event.kind === 'failure') {
    failures.inc({ kind: event.failure });
    return;
  }
  const labels = { codec: event.codec, kbps: String(knownKbps(event.bitrateKbps)) };
  const seconds = event.lastedMs / 1000;
  if (event.kind === 'start') starts.observe(labels, seconds);
  else if (event.kind === 'rebuffer') rebuffers.observe(labels, seconds);
  else heard.inc(labels, seconds);
};

/** A series a rung, whatever somebody sends. */
const knownKbps = (kbps: number): number => [96, 160, 320].find((rung) => rung === kbps) ?? 0;
