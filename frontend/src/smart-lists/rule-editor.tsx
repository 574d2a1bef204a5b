'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import type { PlaylistDetail } from '../api/client';
import { newGroup, groupDraft, whereOf } from './rule-draft';
import { RuleGroup } from './rule-group';
import { RuleOrder } from './rule-order';
import { RulePreview } from './rule-preview';
import { MOST_FOUND } from './rule-table';
import { useSaveRules } from './use-save-rules';
import { useRuleTree } from './use-rule-tree';

interface RuleEditorProps {
  /** Whose rules are changed; without one a new list is made. */
  readonly playlist?: PlaylistDetail;
  readonly close: () => void;
}

const NEW = { sort: 'added', descending: true, limit: 500 } as const;

const limitOf = (text: string): number | null => {
  const limit = Number(text);
  return Number.isInteger(limit) && limit >= 1 && limit <= MOST_FOUND ? limit : null;
};

/** What a list by rules is made of, and what that finds while it is written. */
export function RuleEditor({ playlist, close }: RuleEditorProps) {
  const t = useTranslations('rules');
  const stored = playlist?.rules;
  const [title, setTitle] = useState('');
  const [order, setOrder] = useState({
    sort: stored?.sort ?? NEW.sort,
    descending: stored?.descending ?? NEW.descending,
  });
  const [limitText, setLimitText] = useState(String(stored?.limit ?? NEW.limit));
  const [isTold, setTold] = useState(false);
  const tree = useRuleTree(() => (stored ? groupDraft(stored.where) : newGroup()));
  const save = useSaveRules(playlist, close);
  const where = whereOf(tree.root);
  const limit = limitOf(limitText);
  const rules = where && limit !== null ? { where, ...order, limit } : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (rules) save.mutate({ title: title.trim(), rules });
  };
  return (
    <form className="rules" noValidate={rules !== null} onSubmit={submit}>
      <div className="min-w-0">
        {!playlist && (
          <label className="form-row">
            <span>{t('name')}</span>
            <input
              className="input"
              required
              maxLength={200}
              pattern=".*\S.*"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </label>
        )}
        <div ref={tree.body} className="rule-tree">
          <RuleGroup group={tree.root} level={1} acts={tree} isTold={isTold} />
        </div>
        <RuleOrder
          {...order}
          limitText={limitText}
          isLimitWrong={limit === null}
          onOrder={setOrder}
          onLimit={setLimitText}
        />
      </div>
      <RulePreview rules={rules} />
      <div className="rules-end">
        {save.isError && (
          <p className="said" role="alert">
            {save.problem}
          </p>
        )}
        {isTold && rules === null && (
          <p className="said" role="alert">
            {t('unfinished')}
          </p>
        )}
        <button type="button" className="btn btn-quiet btn-small" onClick={close}>
          {t('cancel')}
        </button>
        <button
          type="submit"
          className="btn btn-fill btn-small"
          disabled={save.isPending || (!playlist && title.trim() === '')}
        >
          {playlist ? t('save') : t('make')}
        </button>
      </div>
    </form>
  );
}
