'use client';
import { useQueryClient } from '@tanstack/react-query';
import type { PlaylistEntry, TrackSummary } from '../api/client';
import { entriesQuery } from '../api/queries';
import { usePlayer } from '../player/player-context';

interface Start {
  /** The entry to begin with: a track may stand in a list twice. */
  readonly entryId?: string;
  readonly seed?: number;
}

type Playable = PlaylistEntry & { readonly track: TrackSummary };
const isPlayable = (entry: PlaylistEntry): entry is Playable => entry.track !== null;

const ALL_PAGES = Infinity;

/** Plays a list from one of its entries on, to its end, however much of it is shown. */
export function usePlayPlaylist(): (
  list: { readonly id: string; readonly title: string },
  start?: Start,
) => Promise<void> {
  const queries = useQueryClient();
  const { queue } = usePlayer();
  return async ({ id, title }, { entryId, seed } = {}) => {
    const { pages } = await queries.fetchInfiniteQuery({ ...entriesQuery(id), pages: ALL_PAGES });
    const entries = pages.flatMap(({ items }) => items).filter(isPlayable);
    if (entries.length === 0) return;
    queue.dispatch({
      type: 'play',
      tracks: entries.map(({ track }) => track),
      startAt: Math.max(
        0,
        entries.findIndex((entry) => entry.id === entryId),
      ),
      source: { kind: 'playlist', id, name: title },
      ...(seed === undefined ? {} : { seed }),
    });
  };
}
