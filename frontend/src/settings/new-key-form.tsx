'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { textIn } from '../account/door';
import { api, body } from '../api/client';
import { meQuery } from '../api/queries';
import { mayAdminister, mayCurate } from '../library/rights';
import { useRefusalWords } from '../server-words/use-refusal-words';

const SCOPES = ['read', 'write', 'download', 'curate', 'admin', 'metrics'] as const;

/** A key is good for what is ticked, and never for more than its owner may do. */
export function NewKeyForm({ onMade }: { readonly onMade: (key: string) => void }) {
  const t = useTranslations('ownAccount');
  const wordsOf = useRefusalWords();
  const { data: user } = useQuery(meQuery);
  const make = useMutation({
    mutationFn: (form: HTMLFormElement) => {
      const scopes = SCOPES.filter((scope) => new FormData(form).has(scope));
      return body(
        api.POST('/api/me/keys', { body: { name: textIn(form, 'name').trim(), scopes, expiresAt: null } }),
      );
    },
    onSuccess: ({ key }, form) => {
      form.reset();
      onMade(key);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(event.currentTarget);
  };
  const offered = SCOPES.filter((scope) => {
    if (scope === 'curate') return user !== undefined && mayCurate(user.role);
    return scope === 'read' || scope === 'write' || (user !== undefined && mayAdminister(user.role));
  });
  return (
    <form className="form form-narrow" onSubmit={submit} method="post">
      <label>
        {t('keyName')}
        <input className="input" name="name" maxLength={100} required autoComplete="off" />
      </label>
      <fieldset className="ticks">
        <legend>{t('keyScopes')}</legend>
        {offered.map((scope) => (
          <label key={scope} className="tick">
            <input type="checkbox" name={scope} defaultChecked={scope === 'read'} />
            {t(`scopes.${scope}`)}
          </label>
        ))}
      </fieldset>
      <p className="said" role="alert">
        {make.error && t('refused', { reason: wordsOf(make.error) })}
      </p>
      <button type="submit" className="btn btn-line" disabled={make.isPending}>
        {t('makeKey')}
      </button>
    </form>
  );
}
