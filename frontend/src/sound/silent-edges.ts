import { api, body } from '../api/client';

/** How long a track is silent at its ends: an overlap with silence is none. */
export interface Edges {
  readonly leadingSeconds: number;
  readonly trailingSeconds: number;
}

/** @throws where nobody may know, as of a share */
export const edgesOf = async (trackId: string): Promise<Edges> => {
  const { sound } = await body(api.GET('/api/tracks/{id}', { params: { path: { id: trackId } } }));
  return {
    leadingSeconds: (sound?.leadingSilenceMs ?? 0) / 1000,
    trailingSeconds: (sound?.trailingSilenceMs ?? 0) / 1000,
  };
};
