'use client';
import { useDraggable } from '@dnd-kit/core';
import { GripVertical, ListStart, Play, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { KeyboardEvent, MouseEvent } from 'react';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { Name } from '../components/name';
import { MoreButton } from '../menu/more-button';
import { useMenuTarget } from '../menu/use-menu-target';
import type { QueueItem, QueueSource } from '../player/queue-reducer';
import { clock } from '../player/time-text';
import type { SelectionStep } from './selection';
import type { RowActs } from './row-acts';

interface QueueRowProps {
  readonly item: QueueItem;
  readonly index: number;
  readonly offsetPx: number;
  readonly source: QueueSource;
  readonly selected: boolean;
  /** A box stands in each row: what is chosen by touch is chosen there. */
  readonly choosing: boolean;
  /** One row of all can be reached by Tab; the arrows lead on. */
  readonly reachable: boolean;
  readonly acts: RowActs;
  /** Itself, or all that is chosen where it is among it. */
  readonly block: () => ReadonlySet<number>;
  readonly choose: (step: SelectionStep) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>, key: number) => void;
}

/** A mouse drags the whole row; fingers and keys, which scroll and walk it, take its grip. */
const heard = (listeners: ReturnType<typeof useDraggable>['listeners'], names: readonly string[]) =>
  Object.fromEntries(Object.entries(listeners ?? {}).filter(([name]) => names.includes(name)));

export function QueueRow({ item, index, offsetPx, source, ...rest }: QueueRowProps) {
  const { selected, choosing, reachable, acts, block, choose, onKey } = rest;
  const t = useTranslations('queue');
  const { track, key } = item;
  const { title } = track;
  const { listeners, attributes, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({ id: key });
  const play = () => acts.jump(key);
  const own = [
    { key: 'first', label: t('first'), icon: ListStart, run: () => acts.playNext(block()) },
    { key: 'remove', label: t('takeOut'), icon: X, run: () => acts.remove(block()) },
  ];
  const subject = { kind: 'track', track, source, play, own } as const;
  const target = useMenuTarget(subject, false);
  const press = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest('button, input, label')) return;
    const isTouch = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch';
    if (choosing || event.ctrlKey || event.metaKey) choose({ type: 'toggle', key });
    else if (event.shiftKey) choose({ type: 'range', key });
    else if (isTouch) play();
    else choose({ type: 'one', key });
  };
  return (
    <div
      ref={setNodeRef}
      role="row"
      className="queue-row queue-row-next"
      data-key={key}
      data-held={isDragging || undefined}
      aria-rowindex={index + 1}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      // No transform: what is dragged is measured without it.
      style={{ top: offsetPx }}
      {...target}
      {...heard(listeners, ['onMouseDown'])}
      onClick={press}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && !event.target.closest('button, input, label')) play();
      }}
      onKeyDown={(event) => event.target === event.currentTarget && onKey(event, key)}
    >
      <span role="gridcell" className="queue-cover">
        {choosing ? (
          <label className="queue-box">
            <input
              type="checkbox"
              checked={selected}
              aria-label={t('choose', { title })}
              onChange={() => choose({ type: 'toggle', key })}
            />
          </label>
        ) : (
          <>
            <Cover artwork={track.artwork} size={64} />
            <button
              type="button"
              className="queue-play"
              tabIndex={reachable ? 0 : -1}
              aria-label={t('jump', { title })}
              title={t('jump', { title })}
              onClick={play}
            >
              <Play className="s fill" />
            </button>
          </>
        )}
      </span>
      <span role="gridcell" className="min-w-0">
        <b className="ell">
          <Name className="">{title}</Name>
        </b>
        <span className="by ell">{creditText(track.artists)}</span>
      </span>
      <span role="gridcell" className="queue-acts">
        <span className="num">{clock(track.durationMs)}</span>
        <span className="phone-only">
          <MoreButton subject={subject} tabIndex={reachable ? 0 : -1} />
        </span>
        <button
          ref={setActivatorNodeRef}
          type="button"
          className="ib ib-small grip"
          {...attributes}
          tabIndex={reachable ? 0 : -1}
          aria-label={t('move', { title })}
          title={t('moveHow')}
          {...heard(listeners, ['onTouchStart', 'onKeyDown'])}
          onPointerDown={(event) => event.stopPropagation()}
        >
          <GripVertical className="s" />
        </button>
        <IconButton
          small
          className="desk"
          tabIndex={reachable ? 0 : -1}
          label={t('remove', { title })}
          onClick={() => acts.remove(new Set([key]))}
        >
          <X className="s" />
        </IconButton>
      </span>
    </div>
  );
}
