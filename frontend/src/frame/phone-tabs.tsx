'use client';
import { ListMusic } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useFrame } from './frame-context';
import { PLACES, placeOf } from './places';

export function PhoneTabs() {
  const t = useTranslations('nav');
  const here = placeOf(usePathname());
  const { sheetOpen, toggleQueue, closeSheet } = useFrame();
  return (
    <nav className="tabs" aria-label={t('tabs')}>
      {PLACES.filter(({ key }) => key !== 'settings').map(({ key, href, icon: Icon }) => (
        <Link
          key={key}
          href={href}
          prefetch={false}
          onClick={closeSheet}
          aria-current={key === here && !sheetOpen ? 'page' : undefined}
        >
          <Icon />
          {t(key)}
        </Link>
      ))}
      <button type="button" onClick={toggleQueue} aria-expanded={sheetOpen}>
        <ListMusic />
        {t('queue')}
      </button>
    </nav>
  );
}
