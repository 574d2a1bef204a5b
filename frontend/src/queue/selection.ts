/** Which of the rows are chosen, and where a range is counted from. */
export interface Selection {
  readonly keys: ReadonlySet<number>;
  readonly anchor: number | null;
}

export const NOTHING_SELECTED: Selection = { keys: new Set(), anchor: null };

export type SelectionStep =
  { readonly type: 'one' | 'toggle' | 'range'; readonly key: number } | { readonly type: 'all' | 'none' };

const between = (order: readonly number[], from: number, to: number): readonly number[] => {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a < 0 || b < 0 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
};

/** Pure: as lists of files have it. `one` again, where it alone is chosen, chooses nothing. */
export const select = (order: readonly number[], now: Selection, step: SelectionStep): Selection => {
  switch (step.type) {
    case 'none':
      return NOTHING_SELECTED;
    case 'all':
      return { keys: new Set(order), anchor: now.anchor };
    case 'one': {
      const isAlone = now.keys.size === 1 && now.keys.has(step.key);
      return isAlone ? NOTHING_SELECTED : { keys: new Set([step.key]), anchor: step.key };
    }
    case 'toggle': {
      const keys = new Set(now.keys);
      if (!keys.delete(step.key)) keys.add(step.key);
      return { keys, anchor: step.key };
    }
    case 'range':
      return {
        keys: new Set(between(order, now.anchor ?? step.key, step.key)),
        anchor: now.anchor ?? step.key,
      };
  }
};

/** Pure: what is left of it when rows have gone. */
export const stillThere = (now: Selection, order: readonly number[]): Selection => {
  if (now.keys.size === 0) return now;
  const standing = new Set(order);
  const keys = [...now.keys].filter((key) => standing.has(key));
  if (keys.length === now.keys.size) return now;
  return { keys: new Set(keys), anchor: now.anchor !== null && standing.has(now.anchor) ? now.anchor : null };
};
