'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { api } from '../api/client';
import { useRefusal } from './refusal';
import { textIn } from '../account/door';

export function PasswordForm() {
  const t = useTranslations('ownAccount');
  const said = useRefusal();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (body: { readonly currentPassword: string; readonly newPassword: string }) =>
      api.POST('/api/me/password', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['account'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = { currentPassword: textIn(form, 'current'), newPassword: textIn(form, 'new') };
    change.mutate(body, { onSuccess: () => form.reset() });
  };
  return (
    <form className="form form-narrow" onSubmit={submit} method="post">
      <label>
        {t('current')}
        <input className="input" name="current" type="password" autoComplete="current-password" required />
      </label>
      <label>
        {t('new')}
        <input
          className="input"
          name="new"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
          required
        />
      </label>
      <p className={change.isSuccess ? 'hint' : 'said'} role={change.isSuccess ? 'status' : 'alert'}>
        {change.isSuccess ? t('changed') : said(change.error)}
      </p>
      <button type="submit" className="btn btn-line" disabled={change.isPending}>
        {t('change')}
      </button>
    </form>
  );
}
