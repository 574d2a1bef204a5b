import { describe, expect, it } from '@jest/globals';
import { countOf, newCondition, newGroup, type GroupDraft } from './rule-draft';
import { neighbourOf, withAdded, withField, withOperator, withRule } from './rule-edits';

const condition = (key: number) => ({ ...newCondition('title'), key, first: `t${key}` });
const tree: GroupDraft = {
  key: 100,
  match: 'all',
  rules: [condition(1), { key: 101, match: 'any', rules: [condition(2)] }, condition(3)],
};
const without = (key: number) => withRule(tree, key, () => null);

describe('a tree of rules', () => {
  it('loses a rule, and a group with its last one', () => {
    expect(countOf(without(1))).toBe(2);
    expect(without(2).rules.map(({ key }) => key)).toEqual([1, 3]);
    expect(without(101).rules.map(({ key }) => key)).toEqual([1, 3]);
  });

  it('takes another rule into any of its groups', () => {
    expect(withAdded(tree, 101, condition(4)).rules[1]).toEqual({
      key: 101,
      match: 'any',
      rules: [condition(2), condition(4)],
    });
    expect(withAdded(tree, 100, newGroup()).rules).toHaveLength(4);
  });

  it('knows whose place the focus takes when one goes', () => {
    expect([neighbourOf(tree, 1), neighbourOf(tree, 3), neighbourOf(tree, 2)]).toEqual([101, 101, null]);
  });

  it('keeps what was written where it still means something', () => {
    const title = condition(1);
    expect(withField(title, 'artist')).toMatchObject({ field: 'artist', operator: 'contains', first: 't1' });
    expect(withField(title, 'liked')).toMatchObject({ operator: 'is', first: 'true' });
    expect(withField(withField(title, 'bpm'), 'album').operator).toBe('contains');
    const year = { ...newCondition('year'), first: '1990' };
    expect(withOperator(year, 'between').first).toBe('1990');
    expect(withOperator({ ...newCondition('added'), first: '30' }, 'before').first).toBe('');
  });
});
