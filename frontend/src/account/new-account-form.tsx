'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { credentialsIn, LabelledInput } from './door';
import { useRefusalWords } from '../server-words/use-refusal-words';

const SHORTEST_PASSWORD = 8;

export type Credentials = ReturnType<typeof credentialsIn>;
type Field = 'username' | 'password';

const problemIn = ({ username, password }: Credentials): Field | null => {
  if (username.length < 1 || username.length > 64) return 'username';
  return password.length < SHORTEST_PASSWORD ? 'password' : null;
};

interface NewAccountFormProps {
  readonly submit: string;
  readonly making: {
    readonly mutate: (credentials: Credentials) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
}

/** A name and a new password: for the first administrator, and for who was invited. */
export function NewAccountForm({ submit, making }: NewAccountFormProps) {
  const t = useTranslations('newAccount');
  const [wrong, setWrong] = useState<Field | null>(null);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const credentials = credentialsIn(event.currentTarget);
    const problem = problemIn(credentials);
    setWrong(problem);
    if (problem === null) making.mutate(credentials);
  };
  const wordsOf = useRefusalWords();
  return (
    <form className="form" onSubmit={send} noValidate method="post">
      <LabelledInput
        label={t('username')}
        name="username"
        autoComplete="username"
        problem={wrong === 'username' ? t('errors.username') : undefined}
      />
      <LabelledInput
        label={t('password')}
        name="password"
        autoComplete="new-password"
        hint={t('passwordHint')}
        problem={wrong === 'password' ? t('errors.password') : undefined}
      />
      <p className="said" role="alert">
        {making.error && t('errors.refused', { reason: wordsOf(making.error) })}
      </p>
      <button type="submit" className="btn btn-fill" disabled={making.isPending}>
        {submit}
      </button>
    </form>
  );
}
