import type { Scored } from './candidate.js';

/** What is not known of a track's sound lies in the middle. */
const MIDDLE = { bpm: 110, energy: 0.5 } as const;

/** Pure: how much changes from one to the other; an octave of tempo counts as all of the energy there is. */
const step = (one: Scored, other: Scored): number =>
  Math.abs(Math.log2((one.bpm ?? MIDDLE.bpm) / (other.bpm ?? MIDDLE.bpm))) +
  Math.abs((one.energy ?? MIDDLE.energy) - (other.energy ?? MIDDLE.energy));

/** Pure: the same tracks, begun with the best one, each followed by the one that sounds nearest. */
export const flowing = <C extends Scored>(tracks: readonly C[]): C[] => {
  const open = [...tracks].sort((a, b) => b.score - a.score || (a.trackId < b.trackId ? -1 : 1));
  const ordered = open.splice(0, 1);
  for (let last = ordered[0]; last !== undefined && open.length > 0;) {
    let nearest = 0;
    for (let at = 1; at < open.length; at++) {
      const [here, there] = [open[at], open[nearest]];
      if (here !== undefined && there !== undefined && step(last, here) < step(last, there)) nearest = at;
    }
    [last] = open.splice(nearest, 1);
    if (last !== undefined) ordered.push(last);
  }
  return ordered;
};
