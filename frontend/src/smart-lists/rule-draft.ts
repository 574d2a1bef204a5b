import type { SmartRules } from '../api/client';
import {
  mostOf,
  operatorsOf,
  shapeOf,
  valueKindOf,
  type Condition,
  type FieldName,
  type Operator,
} from './rule-table';

/** A rule while it is written: its values are what stands in the inputs, right or not yet. */
export interface ConditionDraft {
  readonly key: number;
  readonly field: FieldName;
  readonly operator: Operator;
  readonly first: string;
  /** Only of a range. */
  readonly second: string;
}
export interface GroupDraft {
  readonly key: number;
  readonly match: 'all' | 'any';
  readonly rules: readonly RuleDraft[];
}
export type RuleDraft = ConditionDraft | GroupDraft;
export type Flaw = 'empty' | 'notNumber' | 'outside' | 'backwards';

interface StoredGroup {
  readonly match: 'all' | 'any';
  readonly rules: readonly (Condition | StoredGroup)[];
}

export const isGroup = (rule: RuleDraft): rule is GroupDraft => 'match' in rule;

/** Keys outlast every change, so that the row somebody writes in stays the same one. */
let lastKey = 0;
const nextKey = (): number => (lastKey += 1);

export const newCondition = (field: FieldName = 'genre'): ConditionDraft => ({
  key: nextKey(),
  field,
  operator: operatorsOf(field)[0] ?? 'is',
  first: shapeOf(field).kind === 'flag' ? 'true' : '',
  second: '',
});

export const newGroup = (match: 'all' | 'any' = 'all'): GroupDraft => ({
  key: nextKey(),
  match,
  rules: [newCondition()],
});

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** The day of a moment where the reader is, as an input of dates writes it. */
const dayOf = (iso: string): string => {
  const at = new Date(iso);
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
};

const conditionDraft = ({ field, operator, value }: Condition): ConditionDraft => {
  const { factor = 1 } = shapeOf(field);
  const text = (each: number): string => String(each / factor);
  const draft = { key: nextKey(), field, operator, second: '' };
  if (Array.isArray(value)) return { ...draft, first: text(value[0] ?? 0), second: text(value[1] ?? 0) };
  if (typeof value === 'number') return { ...draft, first: text(value) };
  // Of a yes or no the page offers only "is": the other way round says the same.
  if (typeof value === 'boolean')
    return { ...draft, operator: 'is', first: String(value === (operator === 'is')) };
  return { ...draft, first: valueKindOf(field, operator) === 'day' ? dayOf(value) : value };
};

export const groupDraft = ({ match, rules }: StoredGroup): GroupDraft => ({
  key: nextKey(),
  match,
  rules: rules.map((rule) => ('match' in rule ? groupDraft(rule) : conditionDraft(rule))),
});

const numberFlaw = (text: string, most: number): Flaw | null => {
  if (text.trim() === '') return 'empty';
  const number = Number(text);
  if (!Number.isFinite(number)) return 'notNumber';
  return number < 0 || number > most ? 'outside' : null;
};

/** Pure: what is wrong with the values of a condition, so that it is said before the server would. */
export const flawOf = ({ field, operator, first, second }: ConditionDraft): Flaw | null => {
  const kind = valueKindOf(field, operator);
  switch (kind) {
    case 'text':
    case 'day':
      return first.trim() === '' ? 'empty' : null;
    case 'flag':
      return null;
    case 'number':
    case 'days':
      return numberFlaw(first, mostOf(kind));
    case 'range': {
      const flaw = numberFlaw(first, mostOf(kind)) ?? numberFlaw(second, mostOf(kind));
      return flaw ?? (Number(first) > Number(second) ? 'backwards' : null);
    }
  }
};

const valueOf = ({ field, operator, first, second }: ConditionDraft): Condition['value'] => {
  const { factor = 1 } = shapeOf(field);
  switch (valueKindOf(field, operator)) {
    case 'text':
      return first.trim();
    case 'flag':
      return first === 'true';
    case 'number':
      return Number(first) * factor;
    case 'days':
      return Number(first);
    case 'range':
      return [Number(first) * factor, Number(second) * factor];
    case 'day':
      // Without a zone it is midnight where the reader is.
      return new Date(`${first}T00:00:00`).toISOString();
  }
};

const conditionOf = (draft: ConditionDraft): Condition => ({
  field: draft.field,
  operator: draft.operator,
  value: valueOf(draft),
});

/** Groups stand in groups as deep as the server's schema says, and no deeper. */
const groupOf = <Inner>({ match, rules }: GroupDraft, inner: (group: GroupDraft) => Inner) => ({
  match,
  rules: rules.map((rule) => (isGroup(rule) ? inner(rule) : conditionOf(rule))),
});
const tooDeep = (): never => {
  throw new RangeError('a group stands deeper than the server allows');
};
const level4 = (group: GroupDraft) => groupOf(group, tooDeep);
const level3 = (group: GroupDraft) => groupOf(group, level4);
const level2 = (group: GroupDraft) => groupOf(group, level3);
const level1 = (group: GroupDraft) => groupOf(group, level2);

const conditionsOf = (group: GroupDraft): readonly ConditionDraft[] =>
  group.rules.flatMap((rule) => (isGroup(rule) ? conditionsOf(rule) : [rule]));

export const countOf = (group: GroupDraft): number => conditionsOf(group).length;

/** Pure: what the server is told, or null while a value is missing or wrong. */
export const whereOf = (group: GroupDraft): SmartRules['where'] | null =>
  conditionsOf(group).some((condition) => flawOf(condition) !== null) ? null : level1(group);
