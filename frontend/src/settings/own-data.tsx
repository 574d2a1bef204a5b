'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { textIn } from '../account/door';
import { api } from '../api/client';
import { useRefusal } from './refusal';

/** Whatever is kept of a person is theirs: to take along, and to have removed. */
export function OwnData() {
  const t = useTranslations('ownAccount');
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <div className="acts">
        <a className="btn btn-line btn-small" href="/api/me/export" download>
          {t('export')}
        </a>
        <button
          type="button"
          className="btn btn-quiet btn-small"
          aria-expanded={leaving}
          onClick={() => setLeaving(!leaving)}
        >
          {t('leave')}
        </button>
      </div>
      {leaving && <LeaveForm />}
    </>
  );
}

function LeaveForm() {
  const t = useTranslations('ownAccount');
  const said = useRefusal();
  const leave = useMutation({
    mutationFn: (password: string) => api.POST('/api/me/deletion', { body: { password } }),
    // A full load, so that nothing of the account stays in memory.
    onSuccess: () => location.assign('/signin'),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    leave.mutate(textIn(event.currentTarget, 'password'));
  };
  return (
    <form className="form form-narrow" onSubmit={submit} method="post">
      <p className="hint">{t('leaveText')}</p>
      <label>
        {t('current')}
        <input className="input" name="password" type="password" autoComplete="current-password" required />
      </label>
      <p className="said" role="alert">
        {said(leave.error)}
      </p>
      <button type="submit" className="btn btn-line" disabled={leave.isPending}>
        {t('leaveNow')}
      </button>
    </form>
  );
}
