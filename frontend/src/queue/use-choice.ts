'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { RowActs } from './row-acts';
import { NOTHING_SELECTED, select, stillThere, type SelectionStep } from './selection';

interface Asked {
  readonly items: readonly { readonly key: number }[];
  readonly acts: RowActs;
  readonly body: RefObject<HTMLElement | null>;
  readonly show: (index: number) => void;
}

/** What is chosen, and the keys: arrows walk, with Shift they choose, with Alt they move; Delete takes out. */
export function useChoice({ items, acts, body, show }: Asked) {
  const t = useTranslations('queue');
  const [kept, setKept] = useState(NOTHING_SELECTED);
  const [here, setHere] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const wanted = useRef<number | null>(null);
  const order = items.map(({ key }) => key);
  const now = stillThere(kept, order);
  const reachable = here !== null && order.includes(here) ? here : (order[0] ?? null);

  // The row may have to be drawn before it can have the focus.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-key="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const choose = (step: SelectionStep): void => {
    setKept(select(order, now, step));
    if ('key' in step) setHere(step.key);
  };
  const block = (key: number): ReadonlySet<number> => (now.keys.has(key) ? now.keys : new Set([key]));
  const goTo = (index: number): void => {
    const key = order[Math.min(order.length - 1, Math.max(0, index))];
    if (key === undefined) return;
    wanted.current = key;
    setHere(key);
    show(order.indexOf(key));
  };
  const walk = (event: KeyboardEvent<HTMLElement>, key: number, step: -1 | 1): void => {
    const next = order[order.indexOf(key) + step];
    if (event.altKey) {
      acts.step(block(key), step);
      wanted.current = key;
      setSaid(t('movedTo', { place: acts.order().indexOf(key) + 1, count: order.length }));
      return show(Math.max(0, acts.order().indexOf(key)));
    }
    // Where nothing was chosen yet, the range begins with the row one stands on.
    if (event.shiftKey && next !== undefined)
      setKept(select(order, { ...now, anchor: now.anchor ?? key }, { type: 'range', key: next }));
    goTo(order.indexOf(key) + step);
  };
  const takeOut = (key: number): void => {
    const gone = block(key);
    const left = order.filter((each) => !gone.has(each));
    const follower = order.slice(order.indexOf(key)).find((each) => !gone.has(each)) ?? left.at(-1);
    acts.remove(gone);
    if (follower === undefined) return;
    wanted.current = follower;
    setHere(follower);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, key: number): void => {
    const act = (): (() => void) | undefined => {
      switch (event.key) {
        case 'ArrowUp':
          return () => walk(event, key, -1);
        case 'ArrowDown':
          return () => walk(event, key, 1);
        case 'Home':
          return () => goTo(0);
        case 'End':
          return () => goTo(order.length - 1);
        case 'Enter':
          return () => acts.jump(key);
        case ' ':
          return () => choose({ type: 'toggle', key });
        case 'Delete':
        case 'Backspace':
          return () => takeOut(key);
        case 'a':
          return event.ctrlKey || event.metaKey ? () => choose({ type: 'all' }) : undefined;
        case 'Escape':
          return now.keys.size > 0 ? () => choose({ type: 'none' }) : undefined;
        default:
          return undefined;
      }
    };
    const wish = act();
    if (!wish) return;
    event.preventDefault();
    event.stopPropagation();
    wish();
  };
  return { keys: now.keys, reachable, said, choose, block, onKey };
}
