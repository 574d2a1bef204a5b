import { describe, expect, it } from '@jest/globals';
import { countOf, flawOf, groupDraft, isGroup, newCondition, newGroup, whereOf } from './rule-draft';
import { FIELD_NAMES, operatorsOf, type Condition } from './rule-table';

const all = (...rules: readonly Condition[]) => ({ match: 'all' as const, rules: [...rules] });
const draftOf = (rule: Condition) => {
  const [draft] = groupDraft(all(rule)).rules;
  if (!draft || isGroup(draft)) throw new Error('a condition became a group');
  return draft;
};

describe('rules while they are written', () => {
  it('come back as the server has them, groups in groups', () => {
    const stored = {
      match: 'any' as const,
      rules: [
        { field: 'genre', operator: 'contains', value: 'jazz' } as const,
        all(
          { field: 'durationMs', operator: 'between', value: [90_000, 300_000] },
          { field: 'lastPlayed', operator: 'notInLastDays', value: 30 },
          { field: 'liked', operator: 'is', value: true },
        ),
      ],
    };
    const draft = groupDraft(stored);
    expect(countOf(draft)).toBe(4);
    expect(whereOf(draft)).toEqual(stored);
  });

  it('are written in the units of a listener: minutes, days, and the day where one is', () => {
    const between = draftOf({ field: 'durationMs', operator: 'between', value: [90_000, 300_000] });
    expect([between.first, between.second]).toEqual(['1.5', '5']);
    const midnight = new Date('2024-02-29T00:00:00').toISOString();
    const after = draftOf({ field: 'added', operator: 'after', value: midnight });
    expect(after.first).toBe('2024-02-29');
    expect(whereOf(groupDraft(all({ field: 'added', operator: 'after', value: midnight })))).toEqual(
      all({ field: 'added', operator: 'after', value: midnight }),
    );
  });

  it('say "is not yes" as "is no"', () => {
    const draft = draftOf({ field: 'lossless', operator: 'isNot', value: true });
    expect([draft.operator, draft.first]).toEqual(['is', 'false']);
  });

  it.each([
    ['an empty text', { field: 'title', first: '  ' }, 'empty'],
    ['a number that is none', { field: 'year', first: 'soon' }, 'notNumber'],
    ['days before there was a calendar', { field: 'added', first: '40000' }, 'outside'],
    ['a length below nothing', { field: 'durationMs', first: '-1' }, 'outside'],
    ['a year', { field: 'year', first: '1997' }, null],
  ] as const)('%s', (_, { field, first }, flaw) => {
    const draft = { ...newCondition(field), first };
    expect(flawOf(draft)).toBe(flaw);
    expect(whereOf({ ...newGroup(), rules: [draft] }) === null).toBe(flaw !== null);
  });

  it('tell of a range that ends before it begins', () => {
    const draft = { ...newCondition('year'), operator: 'between', first: '1999', second: '1990' } as const;
    expect(flawOf(draft)).toBe('backwards');
  });

  it('know an operator for every field', () => {
    for (const field of FIELD_NAMES) expect(operatorsOf(field).length).toBeGreaterThan(0);
  });
});
