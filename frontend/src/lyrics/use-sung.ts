'use client';
import { useEffect, useState } from 'react';
import { usePlayer } from '../player/player-context';
import { placeIn, shareSung, type LyricLine } from './lyric-place';

/**
 * Which line is sung. How far it is, and its words, are written to the elements of the current line with every frame:
 * nothing is rendered for them.
 */
export function useSung(lines: readonly LyricLine[], root: { readonly current: HTMLElement | null }): number {
  const player = usePlayer();
  const [current, setCurrent] = useState(-1);
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      const { positionMs } = player;
      const at = placeIn(lines, positionMs);
      setCurrent(at);
      const line = lines[at];
      const element = root.current?.querySelector<HTMLElement>('[aria-current]');
      if (!line || !element) return;
      const share = shareSung(line, lines[at + 1]?.startMs ?? null, positionMs);
      element.style.setProperty('--share', share.toFixed(3));
      const word = line.words ? placeIn(line.words, positionMs) : -1;
      element
        .querySelectorAll<HTMLElement>('[data-word]')
        .forEach((each, index) => each.toggleAttribute('data-sung', index <= word));
    };
    const run = (): void => {
      draw();
      frame = requestAnimationFrame(run);
    };
    run();
    return () => cancelAnimationFrame(frame);
  }, [player, lines, root]);
  return current;
}
