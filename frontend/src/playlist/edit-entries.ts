import { ApiError } from '../api/api-error';
import { api, body } from '../api/client';

/** Somebody else's change may come in between, more than once. */
const TRIES = 4;

/** An edit that says the same whatever else has changed: made again of what stands there by now. */
const anyRevision = async <T>(id: string, edit: (revision: number) => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    const { revision } = await body(api.GET('/api/playlists/{id}', { params: { path: { id } } }));
    try {
      return await edit(revision);
    } catch (error) {
      const isStale = error instanceof ApiError && error.code === 'PLAYLIST_CHANGED';
      if (!isStale || tried === TRIES) throw error;
    }
  }
};

export const addEntries = (
  id: string,
  trackIds: readonly string[],
  duplicates: 'add' | 'skip' | 'refuse',
  before: string | null = null,
) =>
  anyRevision(id, (revision) =>
    body(
      api.POST('/api/playlists/{id}/entries', {
        params: { path: { id } },
        body: { revision, trackIds: [...trackIds], before, duplicates },
      }),
    ),
  );

export const removeEntries = (id: string, entryIds: readonly string[]) =>
  anyRevision(id, (revision) =>
    body(
      api.POST('/api/playlists/{id}/entries/remove', {
        params: { path: { id } },
        body: { revision, entryIds: [...entryIds] },
      }),
    ),
  );
