'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

interface SecretOnceProps {
  readonly secret: string;
  readonly said: string;
}

/** What the server tells a single time: a key, a link. */
export function SecretOnce({ secret, said }: SecretOnceProps) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  // No clipboard without a secure context (http://192.168.…): there the text is selected by a click on it.
  const canCopy = typeof navigator !== 'undefined' && 'clipboard' in navigator;
  const copy = () =>
    void navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div className="secret" role="status">
      <p className="hint">{said}</p>
      <div className="flex gap-2">
        <input
          className="input input-small flex-1 min-w-0"
          readOnly
          value={secret}
          aria-label={said}
          onFocus={(event) => event.currentTarget.select()}
        />
        {canCopy && (
          <button type="button" className="btn btn-line btn-small" onClick={copy}>
            {copied ? t('copied') : t('copy')}
          </button>
        )}
      </div>
    </div>
  );
}
