'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** The main pane scrolls, not the window: a new page begins at its top, and Back returns to where it was left. */
export function useMainScroll(): void {
  const pathname = usePathname();
  const places = useRef(new Map<string, number>());
  const goingBack = useRef(false);

  useEffect(() => {
    const back = () => {
      goingBack.current = true;
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  useEffect(() => {
    const main = document.getElementById('main');
    if (!main) return;
    const kept = places.current;
    main.scrollTop = goingBack.current ? (kept.get(pathname) ?? 0) : 0;
    goingBack.current = false;
    const remember = () => kept.set(pathname, main.scrollTop);
    main.addEventListener('scroll', remember, { passive: true });
    return () => main.removeEventListener('scroll', remember);
  }, [pathname]);
}
