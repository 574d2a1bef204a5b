'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useLayoutEffect, useRef } from 'react';

/**
 * Whether the page was come to by Back or Forward. The router draws it as soon as it hears of it, so this is listened for
 * before the router listens: as this file is read.
 */
let traversed = false;
if (typeof window !== 'undefined')
  addEventListener('popstate', () => {
    traversed = true;
  });

/** How long a page may take to grow to where it was left; after that the listener has begun to read it. */
const PATIENCE_MS = 3000;

/** Scrolls to a place that may not be there yet, as its rows are still on their way, until somebody else scrolls. */
function returnTo(main: HTMLElement, top: number): () => void {
  const until = performance.now() + PATIENCE_MS;
  let frame = 0;
  const stop = () => cancelAnimationFrame(frame);
  const go = () => {
    main.scrollTop = top;
    if (Math.abs(main.scrollTop - top) > 1 && performance.now() < until) frame = requestAnimationFrame(go);
  };
  go();
  for (const sign of ['wheel', 'touchstart', 'keydown'] as const)
    main.addEventListener(sign, stop, { passive: true, once: true });
  return stop;
}

/** The main pane scrolls, not the window: a new page begins at its top, and Back returns to where it was left. */
function useMainScroll(): void {
  const pathname = usePathname();
  const address = `${pathname}?${useSearchParams().toString()}`;
  const places = useRef(new Map<string, number>());
  const shown = useRef(pathname);

  // Before the paint: a new page that is shorter scrolls by itself, which is no place to remember for the old one.
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    if (!main) return;
    const kept = places.current;
    const back = traversed;
    traversed = false;
    // What only narrows or sorts the page in sight leaves it where it is.
    const stays = !back && shown.current === pathname;
    shown.current = pathname;
    const stop = stays ? undefined : returnTo(main, back ? (kept.get(address) ?? 0) : 0);
    const remember = () => kept.set(address, main.scrollTop);
    main.addEventListener('scroll', remember, { passive: true });
    return () => {
      stop?.();
      main.removeEventListener('scroll', remember);
    };
  }, [pathname, address]);
}

/** Addresses are known in the browser alone, hence a part of its own. */
export function MainScroll() {
  useMainScroll();
  return null;
}
