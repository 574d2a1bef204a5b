'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { IconButton } from '../components/icon-button';
import { flawOf, type ConditionDraft } from './rule-draft';
import { withField, withOperator } from './rule-edits';
import { FIELD_NAMES, operatorsOf, shapeOf } from './rule-table';
import { RuleValue } from './rule-value';
import type { TreeActs } from './use-rule-tree';

interface RuleRowProps {
  readonly draft: ConditionDraft;
  readonly place: string;
  readonly acts: TreeActs;
  readonly isTold: boolean;
}

/** One condition: of what, how, and with which value. */
export function RuleRow({ draft, place, acts, isTold }: RuleRowProps) {
  const t = useTranslations('rules');
  const [isLeft, setLeft] = useState(false);
  const said = useId();
  const flaw = flawOf(draft);
  // While somebody still writes nothing is wrong yet, but for what can never become right.
  const shown = flaw !== null && (isTold || isLeft || flaw === 'outside') ? flaw : null;
  const { kind } = shapeOf(draft.field);
  const operators = operatorsOf(draft.field);
  return (
    <div
      className="rule-row"
      role="group"
      aria-label={t('ruleNamed', { place })}
      data-rule={draft.key}
      data-kind={kind}
    >
      <select
        className="input input-small"
        aria-label={t('field')}
        value={draft.field}
        onChange={({ target }) => {
          const field = FIELD_NAMES.find((each) => each === target.value);
          if (field) acts.change(withField(draft, field));
        }}
      >
        {FIELD_NAMES.map((field) => (
          <option key={field} value={field}>
            {t(`fields.${field}`)}
          </option>
        ))}
      </select>
      {operators.length > 1 && (
        <select
          className="input input-small"
          aria-label={t('operator')}
          value={draft.operator}
          onChange={({ target }) => {
            const operator = operators.find((each) => each === target.value);
            if (operator) acts.change(withOperator(draft, operator));
          }}
        >
          {operators.map((operator) => (
            <option key={operator} value={operator}>
              {t(`operators.${operator}`)}
            </option>
          ))}
        </select>
      )}
      <span className="rule-value" onBlur={() => setLeft(true)}>
        <RuleValue draft={draft} said={shown === null ? undefined : said} change={acts.change} />
      </span>
      <IconButton
        small
        label={t('removeRule', { place })}
        disabled={acts.isLast}
        onClick={() => acts.remove(draft.key)}
      >
        <X className="s" />
      </IconButton>
      {shown !== null && (
        <p className="said" id={said}>
          {t(`flaws.${shown}`)}
        </p>
      )}
    </div>
  );
}
