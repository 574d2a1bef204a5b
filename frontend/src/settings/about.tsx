'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { healthQuery } from '../api/queries';

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
