import { isExplaining, type History } from '@kanade/ml';
import type { Recommender } from './model-shelf.js';
import type { CaredFor } from './profile.js';
import { normalised } from './signals.js';

/** What a model says to one listener, also to one whom it never saw: their history is folded in at once. */
export interface ModelView {
  /** In deviations over all that the listener has not heard; null for a track that the model does not know. */
  readonly scoreOf: (trackId: string) => number | null;
  /** Best first. */
  readonly best: readonly string[];
  /** What each track of the listener gives to a track's score; empty where that cannot be told. */
  readonly givenTo: (trackId: string) => readonly { readonly trackId: string; readonly weight: number }[];
}

const NOTHING: ModelView = { scoreOf: () => null, best: [], givenTo: () => [] };
const BEST = 3000;

/** Pure: popularity says the same to everybody, so it says nothing here; nor does a model without any of their tracks. */
export const viewOf = (recommender: Recommender | null, own: readonly CaredFor[]): ModelView => {
  if (recommender === null || recommender.path === 'popularity') return NOTHING;
  const { model, places, trackIds } = recommender;
  const known = own
    .flatMap(({ trackId, gain }) => {
      const place = places.get(trackId);
      return place === undefined ? [] : [{ place, trackId, gain }];
    })
    .sort((a, b) => a.place - b.place);
  if (known.length === 0) return NOTHING;
  const history: History = {
    items: Int32Array.from(known, ({ place }) => place),
    weights: Float32Array.from(normalised(known.map(({ gain }) => gain))),
  };
  const scores = model.scores(history);
  // What breaks for one listener is as good as no model for them.
  if (!scores.every(Number.isFinite)) return NOTHING;
  const heard = new Set(history.items);
  const open = Array.from(scores.keys()).filter((place) => !heard.has(place));
  const mean = open.reduce((sum, place) => sum + (scores[place] ?? 0), 0) / Math.max(1, open.length);
  const variance =
    open.reduce((sum, place) => sum + ((scores[place] ?? 0) - mean) ** 2, 0) / Math.max(1, open.length);
  const deviation = Math.sqrt(variance);
  if (deviation === 0) return NOTHING;
  return {
    scoreOf: (trackId) => {
      const place = places.get(trackId);
      return place === undefined ? null : ((scores[place] ?? 0) - mean) / deviation;
    },
    best: open
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .slice(0, BEST)
      .map((place) => trackIds[place] ?? ''),
    givenTo: (trackId) => {
      const place = places.get(trackId);
      if (place === undefined || !isExplaining(model)) return [];
      const shares = model.explain(history, place);
      return known.map((each, at) => ({ trackId: each.trackId, weight: shares[at] ?? 0 }));
    },
  };
};
