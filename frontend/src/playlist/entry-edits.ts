import type { PlaylistEntry } from '../api/client';
import { movedBlock } from '../player/queue-edits';

/** Pages as they were fetched, and what stands on them. */
interface Page {
  readonly items: readonly PlaylistEntry[];
}

/** Rows are told apart by numbers; the same entry has the same one as long as its page stands open. */
export class EntryNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];

  of(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }

  idOf(key: number): string | null {
    return this.#ids[key] ?? null;
  }
}

/** Pure: the pages as long as they were, with other entries on them. */
const filled = <P extends Page>(pages: readonly P[], entries: readonly PlaylistEntry[]): P[] => {
  let from = 0;
  return pages.map((page, at) => {
    const to = at === pages.length - 1 ? entries.length : from + page.items.length;
    const items = entries.slice(from, to);
    from = to;
    return { ...page, items };
  });
};

/** Pure: as the server will have it. */
export const withMoved = <P extends Page>(
  pages: readonly P[],
  ids: ReadonlySet<string>,
  before: string | null,
): P[] => {
  const entries = pages.flatMap(({ items }) => items);
  const keyOf = new Map(entries.map(({ id }, key) => [id, key]));
  const keys = new Set([...ids].flatMap((id) => keyOf.get(id) ?? []));
  const rows = entries.map((entry, key) => ({ key, entry }));
  const place = before === null ? null : (keyOf.get(before) ?? null);
  return filled(
    pages,
    movedBlock(rows, keys, place).map(({ entry }) => entry),
  );
};

export const withoutEntries = <P extends Page>(pages: readonly P[], ids: ReadonlySet<string>): P[] =>
  pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.has(id)) }));

/** Pure: what was taken out, in runs, each with the entry that stays behind it. */
export const runsOf = (
  entries: readonly PlaylistEntry[],
  gone: ReadonlySet<string>,
): readonly { readonly trackIds: readonly string[]; readonly before: string | null }[] => {
  const runs: { trackIds: string[]; before: string | null }[] = [];
  let open: string[] = [];
  for (const { id, track } of entries) {
    if (gone.has(id)) {
      if (track) open.push(track.id);
      continue;
    }
    if (open.length > 0) runs.push({ trackIds: open, before: id });
    open = [];
  }
  if (open.length > 0) runs.push({ trackIds: open, before: null });
  return runs;
};
