'use client';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { MOST_FOUND, SORT_NAMES, SORTS, type SortName } from './rule-table';

interface Order {
  readonly sort: SortName;
  readonly descending: boolean;
}

interface RuleOrderProps extends Order {
  readonly limitText: string;
  readonly isLimitWrong: boolean;
  readonly onOrder: (order: Order) => void;
  readonly onLimit: (text: string) => void;
}

/** In which order, and how many of them. */
export function RuleOrder({ sort, descending, limitText, isLimitWrong, onOrder, onLimit }: RuleOrderProps) {
  const t = useTranslations('rules');
  const said = useId();
  const kind = SORTS[sort];
  return (
    <div className="rule-order">
      <label className="form-row">
        <span>{t('sort')}</span>
        <select
          className="input input-small"
          value={sort}
          onChange={({ target }) => {
            const chosen = SORT_NAMES.find((each) => each === target.value);
            // Names are read from their beginning, all else from the most on.
            if (chosen) onOrder({ sort: chosen, descending: SORTS[chosen] !== 'text' });
          }}
        >
          {SORT_NAMES.map((name) => (
            <option key={name} value={name}>
              {name === 'random' ? t('random') : t(`fields.${name}`)}
            </option>
          ))}
        </select>
      </label>
      {kind && (
        <label className="form-row">
          <span>{t('direction')}</span>
          <select
            className="input input-small"
            value={descending ? 'down' : 'up'}
            onChange={({ target }) => onOrder({ sort, descending: target.value === 'down' })}
          >
            <option value="down">{t(`directions.${kind}Down`)}</option>
            <option value="up">{t(`directions.${kind}Up`)}</option>
          </select>
        </label>
      )}
      <label className="form-row">
        <span>{t('limit')}</span>
        <input
          className="input input-small"
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={MOST_FOUND}
          value={limitText}
          aria-invalid={isLimitWrong || undefined}
          aria-describedby={isLimitWrong ? said : undefined}
          onChange={({ target }) => onLimit(target.value)}
        />
      </label>
      {isLimitWrong && (
        <p className="said" id={said}>
          {t('limitWrong', { most: MOST_FOUND })}
        </p>
      )}
    </div>
  );
}
