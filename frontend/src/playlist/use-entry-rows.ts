'use client';
import { useLayoutEffect, useRef } from 'react';
import { useMediaQuery } from '../library/use-media-query';
import { useRows } from '../queue/use-rows';

const ROW_PX = 56;
const PHONE_ROW_PX = 60;

/** Which entries of a list are drawn, and where: the page scrolls, and of ten thousand only those in sight are there. */
export function useEntryRows(items: readonly { readonly key: number }[]) {
  const body = useRef<HTMLOListElement>(null);
  const scroller = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    scroller.current = document.getElementById('main');
  }, []);
  const rowPx = useMediaQuery('(max-width: 900px)') ? PHONE_ROW_PX : ROW_PX;
  const { shown } = useRows({ items, rowPx, body, scroller });
  const place = (index: number, offsetPx: number) => ({
    'aria-setsize': items.length,
    'aria-posinset': index + 1,
    style: { top: offsetPx, height: rowPx },
  });
  return { body, rowPx, shown, place, heightPx: items.length * rowPx };
}
