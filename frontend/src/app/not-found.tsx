'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';

export default function NotFound() {
  const t = useTranslations('missing');
  return (
    <main className="body">
      <Empty page title={t('title')} text={t('text')}>
        <Link className="btn btn-line btn-small" href="/library">
          {t('action')}
        </Link>
      </Empty>
    </main>
  );
}
