'use client';
import { DndContext, DragOverlay, useDraggable } from '@dnd-kit/core';
import { GripVertical, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { PlaylistDetail, PlaylistEntry } from '../api/client';
import { IconButton } from '../components/icon-button';
import { ChoiceBar } from '../queue/choice-bar';
import type { RowActs } from '../queue/row-acts';
import { NOTHING_SELECTED, select, stillThere, type SelectionStep } from '../queue/selection';
import { useRowDrag } from '../queue/use-row-drag';
import { EntryRow } from './entry-row';
import { useEntryRows } from './use-entry-rows';
import { useEntryActs } from './use-entry-acts';

interface EditableEntriesProps {
  readonly playlist: PlaylistDetail;
  readonly entries: readonly PlaylistEntry[];
  readonly play: (entryId: string) => void;
}

/** The entries of a list that one may edit: dragged, moved by keys, chosen with Ctrl and Shift, taken out. */
export function EditableEntries({ playlist, entries, play }: EditableEntriesProps) {
  const t = useTranslations('playlist');
  const chosen = useTranslations('queue');
  const acts = useEntryActs(playlist, play);
  const [kept, setKept] = useState(NOTHING_SELECTED);
  const items = entries.map((entry) => ({ key: acts.numbers.of(entry.id), entry }));
  const rows = useEntryRows(items);
  const { body, rowPx } = rows;
  const order = items.map(({ key }) => key);
  const now = stillThere(kept, order);
  const block = (key: number): ReadonlySet<number> => (now.keys.has(key) ? now.keys : new Set([key]));
  const drag = useRowDrag({ items, rowPx, body, block, acts });
  const source = { kind: 'playlist', id: playlist.id, name: playlist.title } as const;
  const held = items.find(({ key }) => key === drag.held);
  const count = drag.held === null ? 0 : block(drag.held).size;
  return (
    <DndContext {...drag.context}>
      {now.keys.size > 0 && (
        <ChoiceBar
          tracks={items.flatMap(({ key, entry }) => (now.keys.has(key) && entry.track ? [entry.track] : []))}
          source={source}
          takeOut={t('takeOut')}
          playNext={() => acts.playNext(now.keys)}
          remove={() => acts.remove(now.keys)}
          clear={() => setKept(NOTHING_SELECTED)}
        />
      )}
      <ol ref={body} className="entry-rows" aria-label={t('tracks')} style={{ height: rows.heightPx }}>
        {rows.shown.map(({ index, offsetPx }) => {
          const item = items[index];
          if (!item) return null;
          const { key, entry } = item;
          return (
            <EditableRow
              key={entry.id}
              rowKey={key}
              entry={entry}
              number={index + 1}
              place={rows.place(index, offsetPx)}
              source={source}
              selected={now.keys.has(key)}
              acts={acts}
              block={() => block(key)}
              choose={(step) => setKept(select(order, now, step))}
              play={() => play(entry.id)}
            />
          );
        })}
        {drag.place !== null && (
          <li
            className="drop-line"
            aria-hidden="true"
            style={{ top: 0, transform: `translateY(${drag.place * rowPx}px)` }}
          />
        )}
      </ol>
      <DragOverlay dropAnimation={null}>
        {held && (
          <div className="queue-held">
            <b className="ell">
              {count > 1 ? chosen('chosen', { count }) : (held.entry.track?.title ?? t('gone'))}
            </b>
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

interface EditableRowProps {
  readonly rowKey: number;
  readonly entry: PlaylistEntry;
  readonly number: number;
  readonly place: ReturnType<ReturnType<typeof useEntryRows>['place']>;
  readonly source: { readonly kind: 'playlist'; readonly id: string; readonly name: string };
  readonly selected: boolean;
  readonly acts: RowActs;
  readonly block: () => ReadonlySet<number>;
  readonly choose: (step: SelectionStep) => void;
  readonly play: () => void;
}

const heard = (listeners: ReturnType<typeof useDraggable>['listeners'], names: readonly string[]) =>
  Object.fromEntries(Object.entries(listeners ?? {}).filter(([name]) => names.includes(name)));

/** A row that has been moved is another place of the page: the focus goes along. */
const focusAgain = (id: string): void => {
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(id)}"] .hit`)?.focus(),
  );
};

function EditableRow({ rowKey: key, entry, acts, block, choose, place, ...row }: EditableRowProps) {
  const t = useTranslations('playlist');
  const queue = useTranslations('queue');
  const { listeners, attributes, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({ id: key });
  const title = entry.track?.title ?? t('gone');
  const press = (event: MouseEvent) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose({ type: event.shiftKey ? 'range' : 'toggle', key });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : 1;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      acts.step(block(), step);
      focusAgain(entry.id);
    } else if (event.key === 'Delete') acts.remove(block());
    else return;
    event.preventDefault();
  };
  return (
    <EntryRow
      {...row}
      track={entry.track}
      draggable={false}
      own={[{ key: 'remove', label: t('takeOut'), icon: Trash2, run: () => acts.remove(block()) }]}
      row={{
        ...place,
        ref: setNodeRef,
        'data-entry': entry.id,
        'data-held': isDragging || undefined,
        'data-chosen': row.selected || undefined,
        onClickCapture: press,
        onKeyDown,
        ...heard(listeners, ['onMouseDown']),
      }}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        className="ib ib-small grip more"
        {...attributes}
        aria-label={queue('move', { title })}
        title={queue('moveHow')}
        {...heard(listeners, ['onTouchStart', 'onKeyDown'])}
        onPointerDown={(event) => event.stopPropagation()}
      >
        <GripVertical className="s" />
      </button>
      <IconButton
        small
        className="desk"
        label={t('removeNamed', { title })}
        onClick={() => acts.remove(new Set([key]))}
      >
        <X className="s" />
      </IconButton>
    </EntryRow>
  );
}
