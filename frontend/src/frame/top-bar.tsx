'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, PanelRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { meQuery } from '../api/queries';
import { IconButton } from '../components/icon-button';
import { useSettled } from '../components/use-settled';
import { SearchField } from '../search/search-field';
import { useFrame } from './frame-context';

const AccountMenu = dynamic(() => import('./account-menu').then((file) => file.AccountMenu), {
  ssr: false,
  loading: () => <Initial />,
});

export function TopBar() {
  const t = useTranslations();
  const router = useRouter();
  const deep = /^\/(?:albums|artists|playlists)\//.test(usePathname());
  const { sideOpen, toggleQueue } = useFrame();
  const settled = useSettled();
  return (
    <div className="top">
      {deep ? (
        <span className="phone-only -ml-3">
          <IconButton label={t('top.back')} onClick={() => router.back()}>
            <ChevronLeft />
          </IconButton>
        </span>
      ) : (
        <span className="phone-only mark" style={{ height: 36 }} lang="ja" aria-hidden="true">
          {t('app.mark')}
        </span>
      )}
      <Suspense fallback={<span className="field desk" />}>
        <SearchField className="field desk" />
      </Suspense>
      <span className="ml-auto" />
      <span className="desk wide-only">
        <IconButton label={sideOpen ? t('top.hideQueue') : t('top.showQueue')} onClick={toggleQueue}>
          <PanelRight />
        </IconButton>
      </span>
      {settled ? <AccountMenu /> : <Initial />}
    </div>
  );
}

/** In place of the menu's button, until there is somebody to press it. */
function Initial() {
  const [first] = useQuery(meQuery).data?.username ?? '';
  return (
    <span className="avatar" aria-hidden="true">
      {first?.toUpperCase()}
    </span>
  );
}
