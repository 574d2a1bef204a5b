'use client';
import { useSyncExternalStore } from 'react';
import { reachability } from '../api/reachability';
import type { CollectionKind } from './kept';
import { CLOSED, offlineState, type OfflineState } from './offline-state';

const isOnline = (): boolean => reachability.getState().online;

export const useOnline = (): boolean => useSyncExternalStore(reachability.subscribe, isOnline, () => true);

export const useOfflineState = (): OfflineState =>
  useSyncExternalStore(offlineState.subscribe, offlineState.getState, () => CLOSED);

/** A word, so that of many rows only those that change are drawn again. */
export function useTrackPlace(trackId: string): 'here' | 'away' | 'unreachable' {
  const online = useOnline();
  const isHere = (): boolean => offlineState.getState().whole.has(trackId);
  if (useSyncExternalStore(offlineState.subscribe, isHere, () => false)) return 'here';
  return online ? 'away' : 'unreachable';
}

/** Of everything in a collection, how many are there; null where it is not wished for. */
export function useProgress(
  kind: CollectionKind,
  id: string,
): { readonly there: number; readonly of: number } | null {
  const { collections, whole } = useOfflineState();
  const wished = collections.find((each) => each.kind === kind && each.id === id);
  if (!wished) return null;
  return { there: wished.tracks.filter((track) => whole.has(track.id)).length, of: wished.tracks.length };
}
