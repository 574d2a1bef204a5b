'use client';
import { ListTree, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { countOf, isGroup, type GroupDraft } from './rule-draft';
import { RuleRow } from './rule-row';
import { MOST_LEVELS } from './rule-table';
import type { TreeActs } from './use-rule-tree';

interface RuleGroupProps {
  readonly group: GroupDraft;
  readonly level: number;
  readonly acts: TreeActs;
  /** Somebody wanted to save it: what is missing is told everywhere, not only where something was written. */
  readonly isTold: boolean;
  /** Where it stands among its neighbours; the outermost stands nowhere. */
  readonly place?: string;
}

/** Rules of which all or any must hold, with groups among them. */
export function RuleGroup({ group, level, acts, isTold, place = '' }: RuleGroupProps) {
  const t = useTranslations('rules');
  const placeOf = (at: number): string => (place === '' ? String(at + 1) : `${place}.${at + 1}`);
  const name = place === '' ? t('root') : t('groupNamed', { place });
  const other = group.match === 'all' ? 'any' : 'all';
  // To take a group out must leave a rule: its last one keeps it.
  const isOnly = acts.isLast || level === 1;
  return (
    <div className="rule-group" role="group" aria-label={name} data-rule={group.key} data-level={level}>
      <div className="rule-match">
        <select
          className="input input-small"
          aria-label={t('match.label')}
          value={group.match}
          onChange={(event) => acts.match(group.key, event.target.value === 'any' ? 'any' : 'all')}
        >
          <option value="all">{t('match.all')}</option>
          <option value="any">{t('match.any')}</option>
        </select>
        {!isOnly && (
          <IconButton small label={t('removeGroup', { place })} onClick={() => acts.remove(group.key)}>
            <X className="s" />
          </IconButton>
        )}
      </div>
      <ol className="rule-list">
        {group.rules.map((rule, at) => (
          <li key={rule.key}>
            {isGroup(rule) ? (
              <RuleGroup group={rule} level={level + 1} acts={acts} isTold={isTold} place={placeOf(at)} />
            ) : (
              <RuleRow draft={rule} place={placeOf(at)} acts={acts} isTold={isTold} />
            )}
          </li>
        ))}
      </ol>
      <div className="acts">
        <button
          type="button"
          className="btn btn-quiet btn-small"
          disabled={acts.isFull}
          onClick={() => acts.addCondition(group.key)}
        >
          <Plus className="s" />
          {t('addRule')}
        </button>
        {level < MOST_LEVELS && (
          <button
            type="button"
            className="btn btn-quiet btn-small"
            disabled={acts.isFull}
            onClick={() => acts.addGroup(group.key, other)}
          >
            <ListTree className="s" />
            {t('addGroup')}
          </button>
        )}
        {level === 1 && acts.isFull && <span className="hint">{t('full', { count: countOf(group) })}</span>}
      </div>
    </div>
  );
}
