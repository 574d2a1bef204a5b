'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { signOut } from '../account/session';
import { meQuery } from '../api/queries';
import { reaches } from '../library/rights';
import { ApiKeys } from './api-keys';
import { Devices } from './devices';
import { OwnData } from './own-data';
import { PasswordForm } from './password-form';
import { Shares } from './shares';
import { Section, SettingsFrame } from './settings-frame';

export function AccountPage() {
  const t = useTranslations('settings');
  const own = useTranslations('ownAccount');
  return (
    <SettingsFrame>
      <Section title={t('account')}>
        <SignedInAs />
      </Section>
      <Section title={own('devices')} lede={own('devicesLede')}>
        <Devices />
      </Section>
      <OwnShares />
      <Section title={own('password')} lede={own('passwordLede')}>
        <PasswordForm />
      </Section>
      <Section title={own('keys')} lede={own('keysLede')}>
        <ApiKeys />
      </Section>
      <Section title={own('data')} lede={own('dataLede')}>
        <OwnData />
      </Section>
    </SettingsFrame>
  );
}

/** Guests share nothing. */
function OwnShares() {
  const t = useTranslations('shares');
  const { data: user } = useQuery(meQuery);
  if (!user || !reaches(user.role, 'listener')) return null;
  return (
    <Section title={t('title')} lede={t('lede')}>
      <Shares />
    </Section>
  );
}

function SignedInAs() {
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
