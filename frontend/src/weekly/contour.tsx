'use client';
import { useEffect, useRef, type RefObject } from 'react';

const NOTE = '[data-note]';

const middleOf = (note: Element, box: DOMRect): string => {
  const { left, top, width, height } = note.getBoundingClientRect();
  return `${(left + width / 2 - box.left).toFixed(1)} ${(top + height / 2 - box.top).toFixed(1)}`;
};

/** The line that joins the notes of a stave, drawn anew whenever they move. */
export function Contour({ list }: { readonly list: RefObject<HTMLElement | null> }) {
  const path = useRef<SVGPathElement>(null);
  useEffect(() => {
    const root = list.current;
    if (!root) return;
    const draw = () => {
      const box = root.getBoundingClientRect();
      const points = [...root.querySelectorAll(NOTE)].map((note) => middleOf(note, box));
      path.current?.setAttribute('d', points.length > 1 ? `M${points.join('L')}` : '');
    };
    const resized = new ResizeObserver(draw);
    resized.observe(root);
    draw();
    return () => resized.disconnect();
  }, [list]);
  return (
    <svg className="contour" aria-hidden="true">
      <path ref={path} />
    </svg>
  );
}
