import type { DragEvent } from 'react';
import { nameOf, type Subject } from './subject';

/** What is dragged on this page now. The browser tells others of it in words alone. */
let now: Subject | null = null;

export const draggedSubject = (): Subject | null => now;

/** Rows take these: then they can be dragged onto a list, or into the queue. */
export const dragHandlers = (subject: Subject) => ({
  draggable: true,
  onDragStart: (event: DragEvent<HTMLElement>) => {
    now = subject;
    event.stopPropagation();
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('text/plain', nameOf(subject) ?? '');
  },
  onDragEnd: () => {
    now = null;
  },
});

/** For where something can be dropped: `data-over` is drawn while it would fall here. */
export const dropHandlers = (drop: (subject: Subject) => void) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (now === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    event.currentTarget.dataset.over = '';
  },
  onDragLeave: ({ currentTarget }: DragEvent<HTMLElement>) => {
    delete currentTarget.dataset.over;
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset.over;
    if (now === null) return;
    event.preventDefault();
    drop(now);
  },
});
