'use client';
import {
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragMoveEvent,
  type KeyboardCoordinateGetter,
} from '@dnd-kit/core';
import { useTranslations } from 'next-intl';
import { useState, type RefObject } from 'react';
import { dropPlace } from './drop-place';

interface Asked {
  readonly items: readonly { readonly key: number }[];
  readonly rowPx: number;
  readonly body: RefObject<HTMLElement | null>;
  readonly block: (key: number) => ReadonlySet<number>;
  readonly acts: { readonly move: (keys: ReadonlySet<number>, before: number | null) => void };
}

const NOTHING_HELD = { held: null, place: null } as const;

/** Rows all of one height, so where something is dropped is counted, and ten thousand need not be measured. */
export function useRowDrag({ items, rowPx, body, block, acts }: Asked) {
  const t = useTranslations('queue');
  const [now, setNow] = useState<{ readonly held: number | null; readonly place: number | null }>(
    NOTHING_HELD,
  );
  const byRows: KeyboardCoordinateGetter = (event, { currentCoordinates: { x, y } }) => {
    if (event.code !== 'ArrowUp' && event.code !== 'ArrowDown') return undefined;
    event.preventDefault();
    return { x, y: event.code === 'ArrowUp' ? y - rowPx : y + rowPx };
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 80, tolerance: 12 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byRows }),
  );
  const placeOf = ({ active }: DragMoveEvent): number | null => {
    const held = active.rect.current.translated;
    if (!held || !body.current) return null;
    return dropPlace(held.top - body.current.getBoundingClientRect().top, rowPx, items.length);
  };
  const follow = (event: DragMoveEvent): void => {
    const place = placeOf(event);
    setNow((before) => (before.place === place ? before : { ...before, place }));
  };
  const said = (place: number | null): string =>
    place === null ? '' : t('movedTo', { place: place + 1, count: items.length });
  return {
    held: now.held,
    place: now.place,
    context: {
      sensors,
      autoScroll: { layoutShiftCompensation: false },
      accessibility: {
        screenReaderInstructions: { draggable: t('moveHow') },
        announcements: {
          onDragStart: () => t('held'),
          onDragMove: (event: DragMoveEvent) => said(placeOf(event)),
          onDragOver: () => undefined,
          onDragEnd: () => t('dropped'),
          onDragCancel: () => t('dropped'),
        },
      },
      onDragStart: ({ active }: { readonly active: { readonly id: string | number } }) =>
        setNow({ held: Number(active.id), place: null }),
      onDragMove: follow,
      onDragCancel: () => setNow(NOTHING_HELD),
      onDragEnd: (event: DragMoveEvent) => {
        const place = placeOf(event);
        const keys = block(Number(event.active.id));
        setNow(NOTHING_HELD);
        if (place !== null) acts.move(keys, items[place]?.key ?? null);
      },
    },
  };
}
