'use client';
import { useRef, useState, type RefObject } from 'react';
import { countOf, newCondition, newGroup, type GroupDraft, type RuleDraft } from './rule-draft';
import { neighbourOf, withAdded, withRule } from './rule-edits';
import { MOST_CONDITIONS } from './rule-table';

export interface TreeActs {
  readonly change: (rule: RuleDraft) => void;
  readonly match: (group: number, match: 'all' | 'any') => void;
  readonly addCondition: (into: number) => void;
  readonly addGroup: (into: number, match: 'all' | 'any') => void;
  readonly remove: (key: number) => void;
  readonly isFull: boolean;
  /** A list by rules has one at least. */
  readonly isLast: boolean;
}

/** The tree of rules that is written, with the focus where a rule has come or gone. */
export function useRuleTree(
  begin: () => GroupDraft,
): TreeActs & { readonly root: GroupDraft; readonly body: RefObject<HTMLDivElement | null> } {
  const body = useRef<HTMLDivElement>(null);
  const [root, setRoot] = useState(begin);
  const focus = (key: number): void => {
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-rule="${key}"] :is(select, input)`)?.focus(),
    );
  };
  const add = (into: number, rule: RuleDraft): void => {
    setRoot((now) => withAdded(now, into, rule));
    focus(rule.key);
  };
  const count = countOf(root);
  return {
    root,
    body,
    isFull: count >= MOST_CONDITIONS,
    isLast: count <= 1,
    change: (rule) => setRoot((now) => withRule(now, rule.key, () => rule)),
    match: (key, match) =>
      setRoot((now) =>
        now.key === key ? { ...now, match } : withRule(now, key, (rule) => ({ ...rule, match })),
      ),
    addCondition: (into) => add(into, newCondition()),
    addGroup: (into, match) => add(into, newGroup(match)),
    remove: (key) => {
      focus(neighbourOf(root, key) ?? root.key);
      setRoot((now) => withRule(now, key, () => null));
    },
  };
}
