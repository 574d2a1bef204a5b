import type { Random } from '../data/random.js';
import type { Settings } from '../models/model.js';
import type { Range, Space } from './spaces.js';

/** Where a number stands in its range, from 0 to 1, and back. */
const toShare = (range: Range, value: number): number => {
  if ('of' in range) return Math.max(0, range.of.indexOf(value)) / Math.max(1, range.of.length - 1);
  if (range.scale === 'log') return Math.log(value / range.from) / Math.log(range.to / range.from);
  return (value - range.from) / (range.to - range.from);
};

const fromShare = (range: Range, share: number): number => {
  const held = Math.min(1, Math.max(0, share));
  if ('of' in range) return range.of[Math.round(held * (range.of.length - 1))] ?? 0;
  if (range.scale === 'log') return range.from * (range.to / range.from) ** held;
  const value = range.from + held * (range.to - range.from);
  return range.scale === 'whole' ? Math.round(value) : value;
};

/** Anywhere in the space; what the space does not speak of stays as in `base`. */
export const drawAnywhere = (space: Space, base: Settings, random: Random): Settings => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(space.ranges).map(([name, range]) => [name, fromShare(range, random.next())]),
  ),
});

/** About half of the settings a little elsewhere. */
export const drawNear = (space: Space, best: Settings, random: Random): Settings => ({
  ...best,
  ...Object.fromEntries(
    Object.entries(space.ranges).map(([name, range]) => {
      const value = best[name] ?? 0;
      const isMoved = random.next() < 0.5;
      const step = random.normal() * 0.12;
      return [name, isMoved ? fromShare(range, toShare(range, value) + step) : value];
    }),
  ),
});
