'use client';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { readPreference, writePreference } from './preference';

interface Frame {
  readonly navFolded: boolean;
  readonly sideOpen: boolean;
  readonly sheetOpen: boolean;
  readonly queueShown: boolean;
  readonly toggleNav: () => void;
  /** The pane where there is room for one, else the sheet over the page. */
  readonly toggleQueue: () => void;
  readonly closeSheet: () => void;
}

const FrameContext = createContext<Frame | null>(null);
const WIDE = '(min-width: 1181px)';
const SIDE_KEY = 'kanade.side';
const NAV_KEY = 'kanade.nav';

export function FrameProvider({ children }: { readonly children: ReactNode }) {
  const [navFolded, setNavFolded] = useState(false);
  const [sideOpen, setSideOpen] = useState(true);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [wide, setWide] = useState(true);

  // Exported pages know neither this screen nor these preferences.
  useEffect(() => {
    setNavFolded(readPreference(NAV_KEY) === 'folded');
    setSideOpen(readPreference(SIDE_KEY) !== 'closed');
    const screen = matchMedia(WIDE);
    const follow = () => setWide(screen.matches);
    follow();
    screen.addEventListener('change', follow);
    return () => screen.removeEventListener('change', follow);
  }, []);

  const toggleNav = useCallback(() => {
    setNavFolded(!navFolded);
    writePreference(NAV_KEY, navFolded ? 'open' : 'folded');
  }, [navFolded]);
  const toggleQueue = useCallback(() => {
    if (!wide) {
      setSheetOpen(!sheetOpen);
      return;
    }
    setSideOpen(!sideOpen);
    writePreference(SIDE_KEY, sideOpen ? 'closed' : 'open');
  }, [wide, sheetOpen, sideOpen]);
  const closeSheet = useCallback(() => setSheetOpen(false), []);

  const frame = useMemo(
    () => ({
      navFolded,
      sideOpen,
      sheetOpen: sheetOpen && !wide,
      queueShown: wide ? sideOpen : sheetOpen,
      toggleNav,
      toggleQueue,
      closeSheet,
    }),
    [navFolded, sideOpen, sheetOpen, wide, toggleNav, toggleQueue, closeSheet],
  );
  return <FrameContext value={frame}>{children}</FrameContext>;
}

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('useFrame is called outside FrameProvider');
  return frame;
}
