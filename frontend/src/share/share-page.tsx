'use client';
import { useEffect, useMemo } from 'react';
import { followSystemTheme } from '../frame/theme';
import { ShareClosed } from './share-closed';
import { shareByToken } from './share-query';
import { ShareView } from './share-view';
import { useAddressTail } from './address-tail';

/** What a link shows to whoever holds it, without an account and without a way into the rest of the house. */
export function SharePage() {
  const token = useAddressTail();
  const share = useMemo(() => (token ? shareByToken(token) : null), [token]);
  useEffect(followSystemTheme, []);
  if (token === '') return <ShareClosed kind="empty" />;
  return share ? <ShareView share={share} /> : <main className="share" aria-busy="true" />;
}
