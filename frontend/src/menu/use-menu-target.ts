'use client';
import { useEffect, useRef, type MouseEvent, type PointerEvent } from 'react';
import { aheadOf } from '../ahead/likely';
import { dragHandlers } from './dragged';
import { useMenus } from './menu-context';
import type { Subject } from './subject';

/** As long as Android takes; there the browser says so itself, elsewhere a finger that rests is counted here. */
const LONG_PRESS_MS = 600;
const STILL_PX = 10;

/** The element itself, for the keys that ask for a menu, or nothing there is written on. */
const focusedIn = (row: HTMLElement): HTMLElement =>
  document.activeElement instanceof HTMLElement && row.contains(document.activeElement)
    ? document.activeElement
    : (row.querySelector<HTMLElement>('a, button') ?? row);

/**
 * What a row does so that its menu opens: by right click, a long press, Shift+F10 and the menu key; and so that it can
 * be dragged onto a list, unless it is dragged about among its like.
 */
export function useMenuTarget(subject: Subject | null, draggable = true) {
  const menus = useMenus();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  useEffect(() => () => clearTimeout(timer.current), []);
  if (menus === null || subject === null) return {};
  const open = (row: HTMLElement, x: number, y: number) =>
    menus.openMenu({ subject, rect: { x, y, width: 0, height: 0 }, opener: focusedIn(row) });
  const forget = () => clearTimeout(timer.current);
  return {
    'data-ahead': likelyOf(subject),
    ...(draggable ? dragHandlers(subject) : {}),
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      if (event.target instanceof Element && event.target.closest('input, textarea')) return;
      event.preventDefault();
      event.stopPropagation();
      forget();
      const byKey = event.button !== 2 && event.detail === 0 && !isPointer(event.nativeEvent);
      const box = focusedIn(event.currentTarget).getBoundingClientRect();
      if (byKey) open(event.currentTarget, box.x + 16, box.bottom);
      else open(event.currentTarget, event.clientX, event.clientY);
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== 'touch') return;
      const { currentTarget, clientX, clientY } = event;
      forget();
      start.current = { x: clientX, y: clientY };
      timer.current = setTimeout(() => open(currentTarget, clientX, clientY), LONG_PRESS_MS);
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      const { x, y } = start.current;
      if (Math.hypot(clientX - x, clientY - y) > STILL_PX) forget();
    },
    onPointerUp: forget,
    onPointerCancel: forget,
  };
}

/** What is fetched when a hand rests on the row. */
const likelyOf = (subject: Subject): string | undefined => {
  switch (subject.kind) {
    case 'track':
      return aheadOf('track', subject.track.id);
    case 'album':
      return aheadOf('album', subject.album.id);
    case 'artist':
      return aheadOf('artist', subject.artist.id);
    case 'playlist':
      return aheadOf('playlist', subject.playlist.id);
    case 'tracks':
      return undefined;
  }
};

/** Chromium tells of the keyboard's context menus as of a pointer that is none. */
const isPointer = (event: Event): boolean =>
  'pointerType' in event && (event.pointerType === 'touch' || event.pointerType === 'pen');
