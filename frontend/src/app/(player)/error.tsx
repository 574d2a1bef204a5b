'use client';
import { useTranslations } from 'next-intl';
import { Empty } from '../../components/empty';

/** The frame stands outside this boundary, so the music does not stop when a page fails. */
export default function PageError({ reset }: { readonly reset: () => void }) {
  const t = useTranslations();
  return (
    <div className="body">
      <Empty tone="danger" title={t('broken.title')} text={t('broken.text')}>
        <button type="button" className="btn btn-line btn-small" onClick={reset}>
          {t('common.retry')}
        </button>
      </Empty>
    </div>
  );
}
