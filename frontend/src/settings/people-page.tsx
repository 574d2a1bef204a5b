'use client';
import { useTranslations } from 'next-intl';
import { FolderAccess } from './folder-access';
import { Invitations } from './invitations';
import { People } from './people';
import { Section, SettingsFrame } from './settings-frame';

/** For administrators; the server refuses everybody else, whatever address they type. */
export function PeoplePage() {
  const t = useTranslations('people');
  return (
    <SettingsFrame>
      <Section title={t('title')}>
        <People />
      </Section>
      <Section title={t('invitations')} lede={t('invitationsLede')}>
        <Invitations />
      </Section>
      <Section title={t('folders')} lede={t('foldersLede')}>
        <FolderAccess />
      </Section>
    </SettingsFrame>
  );
}
