import { isGroup, newCondition, type ConditionDraft, type GroupDraft, type RuleDraft } from './rule-draft';
import { shapeOf, valueKindOf, type FieldName, type Operator } from './rule-table';

/** Pure: the tree with one of its rules made another; null takes it out, and a group that holds nothing goes with it. */
export const withRule = (
  group: GroupDraft,
  key: number,
  edit: (rule: RuleDraft) => RuleDraft | null,
): GroupDraft => ({
  ...group,
  rules: group.rules.flatMap((rule) => {
    if (rule.key === key) return edit(rule) ?? [];
    if (!isGroup(rule)) return rule;
    const inner = withRule(rule, key, edit);
    return inner.rules.length > 0 ? inner : [];
  }),
});

/** Pure: another rule at the end of a group, the outermost one too. */
export const withAdded = (group: GroupDraft, into: number, rule: RuleDraft): GroupDraft =>
  group.key === into
    ? { ...group, rules: [...group.rules, rule] }
    : { ...group, rules: group.rules.map((each) => (isGroup(each) ? withAdded(each, into, rule) : each)) };

/** Pure: the same condition on something else; what was written stays where it still means something. */
export const withField = (draft: ConditionDraft, field: FieldName): ConditionDraft => {
  // Kinds share some operators, but hardly anybody means the same by them: keys walk through the fields between.
  if (shapeOf(field).kind === shapeOf(draft.field).kind) return { ...draft, field };
  return { ...newCondition(field), key: draft.key };
};

export const withOperator = (draft: ConditionDraft, operator: Operator): ConditionDraft => {
  const before = valueKindOf(draft.field, draft.operator);
  const now = valueKindOf(draft.field, operator);
  const keeps =
    before === now || (before === 'number' && now === 'range') || (before === 'range' && now === 'number');
  return keeps ? { ...draft, operator } : { ...draft, operator, first: '', second: '' };
};

/** Whose place the focus takes when a rule is taken out: the one behind it, else the one before it. */
export const neighbourOf = (group: GroupDraft, key: number): number | null => {
  const at = group.rules.findIndex((rule) => rule.key === key);
  if (at >= 0) return (group.rules[at + 1] ?? group.rules[at - 1])?.key ?? null;
  for (const rule of group.rules) {
    const found = isGroup(rule) ? neighbourOf(rule, key) : null;
    if (found !== null) return found;
  }
  return null;
};
