'use client';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SessionGate } from '../account/session-gate';

/** A guest has no shelves to walk along: a page, and the way back to what was shared. */
export function GuestFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('share');
  return (
    <main className="share">
      <nav className="share-back">
        <Link className="btn btn-quiet btn-small" href="/shared">
          <ArrowLeft className="s" />
          {t('all')}
        </Link>
      </nav>
      <SessionGate>{children}</SessionGate>
    </main>
  );
}
