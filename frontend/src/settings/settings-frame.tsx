'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { meQuery } from '../api/queries';
import { usePageTitle } from '../components/use-page-title';
import { reaches } from '../library/rights';

const LEAVES = [
  { key: 'library', href: '/settings', least: 'listener' },
  { key: 'sound', href: '/settings/sound', least: 'listener' },
  { key: 'appearance', href: '/settings/appearance', least: 'guest' },
  { key: 'account', href: '/settings/account', least: 'guest' },
  { key: 'people', href: '/settings/people', least: 'admin' },
] as const;

/** The head that the pages of the settings share. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('settings');
  const pathname = usePathname();
  const { data: user } = useQuery(meQuery);
  usePageTitle(t('title'));
  return (
    <div className="body settings">
      <div className="page-head">
        <h1>{t('title')}</h1>
      </div>
      <div className="filters">
        <nav className="contents" aria-label={t('title')}>
          {LEAVES.filter(({ least }) => user && reaches(user.role, least)).map(({ key, href }) => (
            <Link
              key={key}
              className="chip"
              href={href}
              aria-current={pathname === href ? 'page' : undefined}
            >
              {t(`leaves.${key}`)}
            </Link>
          ))}
        </nav>
      </div>
      {children}
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lede?: string;
  readonly children: ReactNode;
}

export function Section({ title, lede, children }: SectionProps) {
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
      </header>
      {lede && <p className="hint mb-3">{lede}</p>}
      {children}
    </section>
  );
}
