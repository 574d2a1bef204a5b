'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { signOut } from '../account/session';
import { healthQuery, meQuery } from '../api/queries';

export function Account() {
  const t = useTranslations('settings');
  const top = useTranslations('top');
  const { data: user } = useQuery(meQuery);
  if (!user) return null;
  return (
    <ul className="ledger">
      <li>
        <div className="min-w-0">
          <b>{t('signedInAs', { name: user.username })}</b>
          <p>{t(`roles.${user.role}`)}</p>
        </div>
        <button type="button" className="btn btn-line btn-small" onClick={() => void signOut()}>
          {top('signOut')}
        </button>
      </li>
    </ul>
  );
}

export function About() {
  const t = useTranslations('settings');
  const { data: health } = useQuery(healthQuery);
  if (!health) return null;
  return (
    <>
      <p className="num">{t('version', { version: health.version })}</p>
      <p className="hint">{health.status === 'ok' ? t('healthy') : t('degraded')}</p>
    </>
  );
}
