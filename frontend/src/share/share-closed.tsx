'use client';
import { useTranslations } from 'next-intl';
import { Door } from '../account/door';

interface ShareClosedProps {
  readonly kind: 'gone' | 'empty' | 'away';
  readonly retry?: () => void;
}

export function ShareClosed({ kind, retry }: ShareClosedProps) {
  const t = useTranslations('share');
  return (
    <Door obi={t('obi')} obiSmall={t('obiSmall')} title={t(`${kind}.title`)} lede={t(`${kind}.lede`)}>
      {retry && (
        <button type="button" className="btn btn-line mt-6" onClick={retry}>
          {t('again')}
        </button>
      )}
    </Door>
  );
}
