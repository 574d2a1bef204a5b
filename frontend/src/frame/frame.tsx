'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Suspense, type ReactNode } from 'react';
import { SessionGate } from '../account/session-gate';
import { useAhead } from '../ahead/use-ahead';
import { meQuery } from '../api/queries';
import { useSettled } from '../components/use-settled';
import { useKeptQueue } from '../kept-queue/use-kept-queue';
import { MenuProvider } from '../menu/menu-provider';
import { NoticeToast } from '../notices/notice-toast';
import { ScanStrip } from '../library/scan-strip';
import { FailureToast } from '../player/failure-toast';
import { FullScreen } from '../now-playing/full-screen';
import { MiniPlayer } from '../player/mini-player';
import { TrackAnnouncer } from '../player/now-playing';
import { PlayerBar } from '../player/player-bar';
import { useExperience } from '../experience/use-experience';
import { OfflineBanner } from '../offline/offline-banner';
import { useForgetting } from '../offline/use-forgetting';
import { usePlayReports } from '../plays/use-play-reports';
import { Shortcuts } from '../shortcuts/shortcuts';
import { FrameProvider, useFrame } from './frame-context';
import { GuestFrame } from './guest-frame';
import { Nav } from './nav';
import { PhoneTabs } from './phone-tabs';
import { TopBar } from './top-bar';
import { MainScroll } from './use-main-scroll';

const QueuePane = dynamic(() => import('../queue/queue-pane').then((file) => file.QueuePane), {
  ssr: false,
});

const UpdateOffer = dynamic(() => import('../pwa/update-offer').then((file) => file.UpdateOffer), {
  ssr: false,
});

const OfflineKeeper = dynamic(() => import('../offline/offline-keeper').then((file) => file.OfflineKeeper), {
  ssr: false,
});

export function Frame({ children }: { readonly children: ReactNode }) {
  const { data: user, error } = useQuery(meQuery);
  useForgetting(user, error);
  if (user?.role === 'guest') return <GuestFrame>{children}</GuestFrame>;
  return (
    <FrameProvider>
      <MenuProvider>
        <Panes>{children}</Panes>
      </MenuProvider>
    </FrameProvider>
  );
}

/** Focus goes nav, main, side, bar. The panes stay while pages change, so sound and scroll positions do too. */
function Panes({ children }: { readonly children: ReactNode }) {
  const t = useTranslations();
  const { navFolded, sideOpen, sheetOpen, queueShown, closeSheet } = useFrame();
  const { data: user } = useQuery(meQuery);
  const userId = user?.id;
  const settled = useSettled();
  usePlayReports(userId);
  useExperience(userId);
  useKeptQueue(userId);
  useAhead();
  return (
    <div
      className="frame"
      data-nav={navFolded ? 'folded' : 'open'}
      data-side={sideOpen ? 'open' : 'closed'}
      data-sheet={sheetOpen ? 'open' : 'closed'}
      onKeyDown={(event) => event.key === 'Escape' && sheetOpen && closeSheet()}
    >
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <Nav />
      <main className="main" id="main" tabIndex={-1}>
        <TopBar />
        <OfflineBanner />
        <SessionGate>
          <ScanStrip />
          {children}
        </SessionGate>
      </main>
      <aside className="side" aria-label={t('queue.title')}>
        {queueShown && <QueuePane />}
      </aside>
      <PlayerBar />
      <MiniPlayer />
      <FullScreen />
      <PhoneTabs />
      <NoticeToast />
      <FailureToast />
      {settled && user && <UpdateOffer />}
      {settled && user && <OfflineKeeper user={user} />}
      <TrackAnnouncer />
      <Shortcuts />
      <Suspense>
        <MainScroll />
      </Suspense>
    </div>
  );
}
