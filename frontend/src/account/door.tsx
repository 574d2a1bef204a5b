import type { ReactNode } from 'react';

interface DoorProps {
  readonly obi: string;
  readonly obiSmall: string;
  readonly title: string;
  readonly lede: string;
  readonly children: ReactNode;
}

/** The two pages before the house: the obi, what is asked for, and nothing else. */
export function Door({ obi, obiSmall, title, lede, children }: DoorProps) {
  return (
    <main className="door">
      <div className="obi-sheet" lang="ja" aria-hidden="true">
        <span>{obi}</span>
        <small>{obiSmall}</small>
      </div>
      <div className="self-center">
        <h1>{title}</h1>
        <p className="lede">{lede}</p>
        {children}
      </div>
    </main>
  );
}

interface LabelledInputProps {
  readonly label: string;
  readonly name: 'username' | 'password';
  readonly autoComplete: 'username' | 'current-password' | 'new-password';
  readonly hint?: string;
  readonly problem?: string | undefined;
}

export function LabelledInput({ label, name, autoComplete, hint, problem }: LabelledInputProps) {
  const said = problem ?? hint;
  return (
    <label>
      {label}
      <input
        className="input"
        name={name}
        type={name === 'password' ? 'password' : 'text'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={name === 'username' ? 64 : 1024}
        aria-invalid={problem !== undefined}
        aria-describedby={said ? `${name}-said` : undefined}
      />
      {said && (
        <span id={`${name}-said`} className={problem ? 'said' : 'hint'}>
          {said}
        </span>
      )}
    </label>
  );
}

/** What stands in a field of a form. */
export const textIn = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
};

/** What stands in a form's two fields. */
export const credentialsIn = (
  form: HTMLFormElement,
): { readonly username: string; readonly password: string } => ({
  username: textIn(form, 'username').trim(),
  password: textIn(form, 'password'),
});
