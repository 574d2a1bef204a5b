'use client';
import { useEffect, useState } from 'react';
import { whenSettled } from '../player/presence';

/** False while the page is drawn for the first time: what nobody sees and nobody uses yet waits for that. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => whenSettled(() => setSettled(true)), []);
  return settled;
}
