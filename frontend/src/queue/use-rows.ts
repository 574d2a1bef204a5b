'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';

interface Asked {
  readonly items: readonly { readonly key: number }[];
  readonly rowPx: number;
  readonly body: RefObject<HTMLElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** Which rows are drawn, and where: those in sight and a few around them. */
export function useRows({ items, rowPx, body, scroller }: Asked) {
  const [marginPx, setMarginPx] = useState(0);
  // What stands above comes and goes.
  useLayoutEffect(() => {
    if (!body.current || !scroller.current) return;
    const top =
      body.current.getBoundingClientRect().top -
      scroller.current.getBoundingClientRect().top +
      scroller.current.scrollTop;
    setMarginPx((before) => (Math.abs(before - top) < 1 ? before : top));
  });
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => items[index]?.key ?? index,
    scrollMargin: marginPx,
    overscan: 8,
  });
  useEffect(() => rows.measure(), [rows, rowPx]);
  return {
    shown: rows.getVirtualItems().map(({ index, start }) => ({ index, offsetPx: start - marginPx })),
    show: (index: number) => rows.scrollToIndex(index, { align: 'auto' }),
  };
}
