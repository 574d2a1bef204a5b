import { api, body, type TrackSummary } from '../api/client';
import { albumTracks } from '../library/play-album';
import type { Collection, CollectionKind } from './kept';

/** What stands in a collection by now, and the answers that its pages are drawn from. */
export interface Contents extends Pick<Collection, 'title' | 'tracks'> {
  readonly answers: readonly (readonly [path: string, body: unknown])[];
}

const PAGE = 500;

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All pages as one. */
const allOf = async <Item>(ask: (cursor: string | undefined) => Promise<PageOf<Item>>): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

const album = async (id: string): Promise<Contents> => {
  const detail = await body(api.GET('/api/albums/{id}', { params: { path: { id } } }));
  return { title: detail.title, tracks: albumTracks(detail), answers: [[`/api/albums/${id}`, detail]] };
};

const playlist = async (id: string): Promise<Contents> => {
  const detail = await body(api.GET('/api/playlists/{id}', { params: { path: { id } } }));
  const entries = await allOf((cursor) => {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    return body(api.GET('/api/playlists/{id}/entries', { params: { path: { id }, query } }));
  });
  const tracks = entries.flatMap(({ track }) => (track ? [track] : []));
  const answers = [
    [`/api/playlists/${id}`, detail],
    [`/api/playlists/${id}/entries`, { items: entries, nextCursor: null }],
  ] as const;
  return { title: detail.title, tracks, answers };
};

const isTrack = (item: object): item is TrackSummary => 'durationMs' in item && 'album' in item;

const likes = async (): Promise<Contents> => {
  const liked = await allOf((cursor) => {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    return body(api.GET('/api/me/likes/{kind}', { params: { path: { kind: 'track' }, query } }));
  });
  const tracks = liked.flatMap(({ item }) => (isTrack(item) ? [item] : []));
  return { title: '', tracks, answers: [['/api/me/likes/track', { items: liked, nextCursor: null }]] };
};

const track = async (id: string): Promise<Contents> => {
  const detail = await body(api.GET('/api/tracks/{id}', { params: { path: { id } } }));
  return { title: detail.title, tracks: [detail], answers: [[`/api/tracks/${id}`, detail]] };
};

const ASK: Readonly<Record<CollectionKind, (id: string) => Promise<Contents>>> = {
  album,
  playlist,
  likes,
  track,
};

export const contentsOf = (kind: CollectionKind, id: string): Promise<Contents> => ASK[kind](id);
