import { NAME_START } from './index-terms.js';
import type { SortedPostings } from './postings.js';

/** More things than this make a prefix frequent: it gets a list; fewer are found word by word. */
export const FREQUENT = 300;

export type IndexList =
  | { readonly kind: 'prefix'; readonly prefix: string; readonly things: Int32Array }
  | { readonly kind: 'word'; readonly word: string; readonly things: Int32Array };

/**
 * Pure: every frequent prefix with all things below it, and every word that is below no frequent prefix of its full
 * length. A prefix without a list thus has at most FREQUENT things, in words that lie together.
 */
export function* indexLists(postings: SortedPostings, frequent = FREQUENT): Generator<IndexList> {
  yield* below(postings, frequent, { from: 0, to: postings.words.length, depth: 0 });
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** All its words begin with the same so many code units. */
  readonly depth: number;
}

function* below(postings: SortedPostings, frequent: number, span: Span): Generator<IndexList> {
  const { words } = postings;
  for (let from = span.from; from < span.to;) {
    const first = words[from] ?? '';
    if (first.length === span.depth) {
      from += 1;
      continue;
    }
    const prefix = first.slice(0, span.depth + unitsAt(first, span.depth));
    let to = from + 1;
    while (to < span.to && words[to]?.startsWith(prefix) === true) to += 1;
    yield* group(postings, frequent, prefix, { from, to, depth: prefix.length });
    from = to;
  }
}

function* group(
  postings: SortedPostings,
  frequent: number,
  prefix: string,
  span: Span,
): Generator<IndexList> {
  const repeated = postings.all(span.from, span.to);
  const things =
    span.to - span.from === 1 ? repeated : repeated.length > frequent ? union(repeated) : repeated;
  if (things.length > frequent) {
    // All names begin somehow: that they do is no list.
    if (prefix !== NAME_START) yield { kind: 'prefix', prefix, things };
    yield* below(postings, frequent, span);
    return;
  }
  for (let word = span.from; word < span.to; word += 1) {
    const text = postings.words[word] ?? '';
    // Few names begin so: they are found by the index over names.
    if (!text.startsWith(NAME_START)) yield { kind: 'word', word: text, things: postings.of(word) };
  }
}

const union = (repeated: Int32Array): Int32Array => {
  const sorted = repeated.slice().sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
  return sorted.subarray(0, kept);
};

/** A character above U+FFFF has two units, which belong together. */
const unitsAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** By popularity: a query reads the first, and the others only when it has not enough. The database knows five. */
const TIER_ENDS = [4096, 16_384, 65_536, 262_144, Infinity];

/** Pure: a list cut into its tiers; the first is there even when it is empty, since it tells that there is a list. */
export const tiersOf = (
  things: Int32Array,
): readonly { readonly tier: number; readonly things: Int32Array }[] => {
  let from = 0;
  return TIER_ENDS.flatMap((end, tier) => {
    let to = from;
    while (to < things.length && (things[to] ?? 0) >> 8 < end) to += 1;
    const cut = { tier, things: things.subarray(from, to) };
    from = to;
    return tier === 0 || cut.things.length > 0 ? [cut] : [];
  });
};
