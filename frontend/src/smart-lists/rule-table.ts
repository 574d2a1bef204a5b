import type { SmartRules } from '../api/client';

export type Condition = Extract<SmartRules['where']['rules'][number], { field: string }>;
export type FieldName = Condition['field'];
export type Operator = Condition['operator'];
export type SortName = SmartRules['sort'];
export type FieldKind = 'text' | 'number' | 'time' | 'flag';

/** As the server has it: more than these it refuses. */
export const MOST_CONDITIONS = 50;
export const MOST_LEVELS = 4;
export const MOST_FOUND = 10_000;
export const LONGEST_TEXT = 200;
const MOST_DAYS = 36_500;

interface FieldShape {
  readonly kind: FieldKind;
  /** How many of the server's units one of the page's is. */
  readonly factor?: number;
  readonly unit?: 'minutes' | 'kbps' | 'hz' | 'bits' | 'stars' | 'bpm';
}

/** In the order in which they are offered: what somebody thinks of first stands first. */
export const FIELDS = {
  title: { kind: 'text' },
  artist: { kind: 'text' },
  album: { kind: 'text' },
  albumArtist: { kind: 'text' },
  composer: { kind: 'text' },
  genre: { kind: 'text' },
  year: { kind: 'number' },
  liked: { kind: 'flag' },
  likedAt: { kind: 'time' },
  rating: { kind: 'number', unit: 'stars' },
  plays: { kind: 'number' },
  skips: { kind: 'number' },
  lastPlayed: { kind: 'time' },
  added: { kind: 'time' },
  durationMs: { kind: 'number', factor: 60_000, unit: 'minutes' },
  bpm: { kind: 'number', unit: 'bpm' },
  trackNumber: { kind: 'number' },
  discNumber: { kind: 'number' },
  codec: { kind: 'text' },
  lossless: { kind: 'flag' },
  bitrateKbps: { kind: 'number', unit: 'kbps' },
  sampleRateHz: { kind: 'number', unit: 'hz' },
  bitDepth: { kind: 'number', unit: 'bits' },
  comment: { kind: 'text' },
} as const satisfies Record<FieldName, FieldShape>;

export const shapeOf = (field: FieldName): FieldShape => FIELDS[field];

const isField = (name: string): name is FieldName => name in FIELDS;
export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELDS).filter(isField);

/** What may be asked of each kind; the first is what a new condition begins with. */
export const OPERATORS = {
  text: ['contains', 'containsNot', 'is', 'isNot', 'beginsWith', 'endsWith'],
  number: ['is', 'isNot', 'above', 'below', 'between'],
  time: ['inLastDays', 'notInLastDays', 'after', 'before'],
  flag: ['is'],
} as const satisfies Record<FieldKind, readonly Operator[]>;

export const operatorsOf = (field: FieldName): readonly Operator[] => OPERATORS[FIELDS[field].kind];

/** With what a value is given. */
export type ValueKind = 'text' | 'number' | 'range' | 'days' | 'day' | 'flag';

export const valueKindOf = (field: FieldName, operator: Operator): ValueKind => {
  const { kind } = FIELDS[field];
  switch (kind) {
    case 'text':
    case 'flag':
      return kind;
    case 'number':
      return operator === 'between' ? 'range' : 'number';
    case 'time':
      return operator === 'before' || operator === 'after' ? 'day' : 'days';
  }
};

export const mostOf = (kind: ValueKind): number => (kind === 'days' ? MOST_DAYS : 1e9);

/** How the two directions of an order are called. */
export const SORTS = {
  added: 'time',
  lastPlayed: 'time',
  plays: 'number',
  rating: 'number',
  title: 'text',
  artist: 'text',
  album: 'text',
  year: 'number',
  durationMs: 'number',
  bpm: 'number',
  random: null,
} as const satisfies Record<SortName, 'text' | 'number' | 'time' | null>;

const isSort = (name: string): name is SortName => name in SORTS;
export const SORT_NAMES: readonly SortName[] = Object.keys(SORTS).filter(isSort);
