import { seededRandom } from '@kanade/ml';
import type { Scored } from './candidate.js';

/** What is put into a list to learn from, with the chance at which it was drawn. */
export interface Explored<C> {
  readonly track: C;
  readonly propensity: number;
}

/** Pure: how many of a list are a stretch; none of one that is short already. */
export const explorations = (length: number, adventure: number): number =>
  length < 10 ? 0 : Math.min(3, Math.max(1, 2 + Math.sign(adventure)));

const TEMPERATURE = 1;

/** Pure: draws without putting back, what scores higher more likely; the same seed draws the same. */
export const explore = <C extends Scored>(open: readonly C[], count: number, seed: number): Explored<C>[] => {
  const random = seededRandom(seed);
  const left = [...open];
  const drawn: Explored<C>[] = [];
  while (drawn.length < count && left.length > 0) {
    const best = left.reduce((most, { score }) => Math.max(most, score), -Infinity);
    const chances = left.map(({ score }) => Math.exp((score - best) / TEMPERATURE));
    const total = chances.reduce((sum, chance) => sum + chance, 0);
    let lot = random.next() * total;
    const at = chances.findIndex((chance) => (lot -= chance) < 0);
    const place = at < 0 ? left.length - 1 : at;
    const propensity = (chances[place] ?? 0) / total;
    for (const track of left.splice(place, 1)) drawn.push({ track, propensity });
  }
  return drawn;
};
