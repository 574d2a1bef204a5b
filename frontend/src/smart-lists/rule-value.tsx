'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, type ComponentProps } from 'react';
import { genresQuery } from '../api/queries';
import type { ConditionDraft } from './rule-draft';
import { LONGEST_TEXT, mostOf, shapeOf, valueKindOf } from './rule-table';

interface RuleValueProps {
  readonly draft: ConditionDraft;
  /** The element that says what is wrong with it. */
  readonly said: string | undefined;
  readonly change: (draft: ConditionDraft) => void;
}

/** What a condition compares with, in the input that suits it. */
export function RuleValue({ draft, said, change }: RuleValueProps) {
  const t = useTranslations('rules');
  const kind = valueKindOf(draft.field, draft.operator);
  const { unit } = shapeOf(draft.field);
  const unitText = kind === 'days' ? t('units.days') : unit && t(`units.${unit}`);
  const input = (which: 'first' | 'second', label: string) => ({
    className: 'input input-small',
    'aria-label': unitText ? t('valueIn', { label, unit: unitText }) : label,
    'aria-invalid': said !== undefined || undefined,
    'aria-describedby': said,
    value: draft[which],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      change({ ...draft, [which]: target.value }),
  });
  const number = { type: 'number', inputMode: 'decimal', min: 0, max: mostOf(kind), step: 'any' } as const;
  switch (kind) {
    case 'text':
      return draft.field === 'genre' ? (
        <GenreInput {...input('first', t('value'))} />
      ) : (
        <input {...input('first', t('value'))} maxLength={LONGEST_TEXT} />
      );
    case 'flag':
      return (
        <select {...input('first', t('value'))}>
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </select>
      );
    case 'day':
      return <input {...input('first', t('day'))} type="date" />;
    case 'number':
    case 'days':
      return (
        <>
          <input {...input('first', t('value'))} {...number} />
          {unitText && <Unit>{unitText}</Unit>}
        </>
      );
    case 'range':
      return (
        <>
          <input {...input('first', t('from'))} {...number} />
          <Unit>{t('to')}</Unit>
          <input {...input('second', t('upTo'))} {...number} />
          {unitText && <Unit>{unitText}</Unit>}
        </>
      );
  }
}

/** It stands in the name of the input already. */
const Unit = ({ children }: { readonly children: string }) => (
  <span className="unit" aria-hidden="true">
    {children}
  </span>
);

/** Any text, with the genres that there are to choose from. */
function GenreInput(props: ComponentProps<'input'>) {
  const list = useId();
  const genres = useQuery(genresQuery).data?.items ?? [];
  return (
    <>
      <input {...props} maxLength={LONGEST_TEXT} list={list} />
      <datalist id={list}>
        {genres.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </>
  );
}
