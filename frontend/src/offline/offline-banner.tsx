'use client';
import { CloudOff } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useOfflineState, useOnline } from './use-offline';

/** One banner, which counts what still plays. */
export function OfflineBanner() {
  const t = useTranslations('downloads');
  const online = useOnline();
  const { whole } = useOfflineState();
  const isThere = usePathname() === '/downloads';
  return (
    <div aria-live="polite">
      {!online && (
        <div className="notice offline-banner">
          <CloudOff className="s" />
          <p>{t('banner', { count: whole.size })}</p>
          {whole.size > 0 && !isThere && (
            <Link className="btn btn-line btn-small" href="/downloads">
              {t('title')}
            </Link>
          )}
        </div>
      )}
    </div>
  );
}
