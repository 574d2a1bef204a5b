/** What can be done with rows that have an order, each by its key; `order` tells how they stand by now. */
export interface RowActs {
  readonly order: () => readonly number[];
  readonly move: (keys: ReadonlySet<number>, before: number | null) => void;
  readonly jump: (key: number) => void;
  readonly playNext: (keys: ReadonlySet<number>) => void;
  readonly step: (keys: ReadonlySet<number>, step: -1 | 1) => void;
  readonly remove: (keys: ReadonlySet<number>) => void;
}
