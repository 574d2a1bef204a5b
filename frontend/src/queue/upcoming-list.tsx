'use client';
import { DndContext, DragOverlay } from '@dnd-kit/core';
import { useTranslations } from 'next-intl';
import { useRef, type RefObject } from 'react';
import { creditText } from '../components/credit-text';
import type { QueueItem, QueueSource } from '../player/queue-reducer';
import { useMediaQuery } from '../library/use-media-query';
import { QueueRow } from './queue-row';
import { ChoiceBar } from './choice-bar';
import { useChoice } from './use-choice';
import { useQueueActs } from './use-queue-acts';
import { useRowDrag } from './use-row-drag';
import { useRows } from './use-rows';

const ROW_PX = 56;
const PHONE_ROW_PX = 64;

interface UpcomingListProps {
  readonly items: readonly QueueItem[];
  readonly source: QueueSource;
  readonly choosing: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly endChoosing: () => void;
}

/** What comes next, however much it is: only what is looked at is drawn. */
export function UpcomingList({ items, source, choosing, scroller, endChoosing }: UpcomingListProps) {
  const t = useTranslations('queue');
  const body = useRef<HTMLDivElement>(null);
  const rowPx = useMediaQuery('(max-width: 900px)') ? PHONE_ROW_PX : ROW_PX;
  const acts = useQueueActs();
  const rows = useRows({ items, rowPx, body, scroller });
  const choice = useChoice({ items, acts, body, show: rows.show });
  const drag = useRowDrag({ items, rowPx, body, block: choice.block, acts });
  const held = items.find(({ key }) => key === drag.held);
  const count = drag.held === null ? 0 : choice.block(drag.held).size;
  return (
    <DndContext {...drag.context}>
      {choice.keys.size > 0 && (
        <ChoiceBar
          tracks={items.filter(({ key }) => choice.keys.has(key)).map(({ track }) => track)}
          source={source}
          takeOut={t('takeOut')}
          playNext={() => acts.playNext(choice.keys)}
          remove={() => acts.remove(choice.keys)}
          clear={() => {
            choice.choose({ type: 'none' });
            endChoosing();
          }}
        />
      )}
      <div role="grid" aria-label={t('next')} aria-multiselectable="true" aria-rowcount={items.length}>
        <div ref={body} role="rowgroup" className="queue-body" style={{ height: items.length * rowPx }}>
          {rows.shown.map(({ index, offsetPx }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <QueueRow
                key={item.key}
                item={item}
                index={index}
                offsetPx={offsetPx}
                source={source}
                selected={choice.keys.has(item.key)}
                choosing={choosing}
                reachable={choice.reachable === item.key}
                acts={acts}
                block={() => choice.block(item.key)}
                choose={choice.choose}
                onKey={choice.onKey}
              />
            );
          })}
          {drag.place !== null && (
            <div className="drop-line" style={{ transform: `translateY(${drag.place * rowPx}px)` }} />
          )}
        </div>
      </div>
      <p className="sr-only" aria-live="polite">
        {choice.said}
      </p>
      <DragOverlay dropAnimation={null}>
        {held && (
          <div className="queue-held">
            <b className="ell">{count > 1 ? t('chosen', { count }) : held.track.title}</b>
            {count === 1 && <span className="by ell">{creditText(held.track.artists)}</span>}
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}
