'use client';
import { useLayoutEffect } from 'react';
import type { Artwork } from '../api/client';

/** Lets the bar above a page with a coloured head take the same colour. */
export function useMainArt(artwork: Artwork | null | undefined): void {
  const color = artwork?.color;
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    if (!main || !color) return;
    main.style.setProperty('--art', color);
    main.classList.add('has-art', 'on-art');
    return () => {
      main.style.removeProperty('--art');
      main.classList.remove('has-art', 'on-art');
    };
  }, [color]);
}
