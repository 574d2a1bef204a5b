import {
  assertHistories,
  historyOf,
  listenerCounts,
  transposed,
  withoutDislikes,
  type Histories,
  type History,
} from '../data/histories.js';
import { floatsOf, indicesOf, numberOf } from './model-state.js';
import type { ExplainingModel, ModelState, Trainer } from './model.js';

export type UserKnnSettings = {
  /** How much less a listener of many items is alike, and is listened to. */
  readonly ownDamping: number;
  readonly otherDamping: number;
  /** How much less an item heard by many makes alike. */
  readonly itemDamping: number;
  readonly power: number;
  /** The most that are listened to; 0: all. */
  readonly neighbours: number;
  /** How much less an item heard by many gets. */
  readonly targetDamping: number;
  /** 1: how much an item was heard counts; 0: only that it was. */
  readonly weighted: number;
};

/** Cosine over how much each item was heard, all listeners: what serves the few listeners of a household best. */
export const FEW_LISTENERS: UserKnnSettings = {
  ownDamping: 0.5,
  otherDamping: 0.5,
  itemDamping: 0,
  power: 1,
  neighbours: 0,
  targetDamping: 0,
  weighted: 1,
};

interface Alike {
  readonly users: readonly number[];
  /** What each gives to an item they heard. */
  readonly strengths: Float64Array;
  /** What one step of overlap with each is worth of that, for taking it apart again. */
  readonly perOverlap: Float64Array;
}

export const userKnnModel = (data: Histories, settings: UserKnnSettings): ExplainingModel => {
  const { userCount, itemCount } = data;
  const listeners = transposed(data);
  const heard = listenerCounts(data).map((count) => Math.max(1, count));
  const valueOf = (weight: number): number => (weight <= 0 ? 0 : settings.weighted === 1 ? weight : 1);
  const sizeOf = ({ weights }: History): number =>
    Math.max(
      settings.weighted === 1 ? 1e-9 : 1,
      weights.reduce((sum, weight) => sum + valueOf(weight) ** 2, 0),
    );
  const others = Float64Array.from(
    { length: userCount },
    (_, user) => sizeOf(historyOf(data, user)) ** -settings.otherDamping,
  );
  const shared = heard.map((count) => count ** -settings.itemDamping);
  const gets = heard.map((count) => count ** -settings.targetDamping);

  const alike = (history: History): Alike => {
    const overlap = new Float64Array(userCount);
    history.items.forEach((item, at) => {
      const value = valueOf(history.weights[at] ?? 0) * (shared[item] ?? 0);
      for (let place = listeners.starts[item] ?? 0; place < (listeners.starts[item + 1] ?? 0); place++) {
        const user = listeners.items[place] ?? 0;
        overlap[user] = (overlap[user] ?? 0) + value * valueOf(listeners.weights[place] ?? 0);
      }
    });
    const own = sizeOf(history) ** -settings.ownDamping;
    const likeness = overlap.map((value, user) => value * own * (others[user] ?? 0));
    const least =
      settings.neighbours === 0 || settings.neighbours >= userCount
        ? 0
        : (likeness.slice().sort()[userCount - settings.neighbours] ?? 0);
    const users = [...likeness.keys()].filter(
      (user) => (likeness[user] ?? 0) > 0 && (likeness[user] ?? 0) >= least,
    );
    const strengths = Float64Array.from(users, (user) => (likeness[user] ?? 0) ** settings.power);
    return {
      users,
      strengths,
      perOverlap: strengths.map((strength, at) => strength / (overlap[users[at] ?? 0] ?? 1)),
    };
  };

  const { starts, items, weights } = data;
  return {
    itemCount,
    state: {
      kind: 'user-knn',
      itemCount,
      numbers: { ...settings, userCount },
      arrays: { starts, items, weights },
    },
    scores: (history) => {
      const { users, strengths } = alike(history);
      const sums = new Float64Array(itemCount);
      users.forEach((user, at) => {
        for (let place = starts[user] ?? 0; place < (starts[user + 1] ?? 0); place++) {
          const item = items[place] ?? 0;
          sums[item] = (sums[item] ?? 0) + (strengths[at] ?? 0) * valueOf(weights[place] ?? 0);
        }
      });
      return Float32Array.from(sums, (sum, item) => sum * (gets[item] ?? 0));
    },
    explain: (history, item) => {
      const { users, perOverlap } = alike(history);
      const gives = new Float64Array(userCount);
      users.forEach((user, at) => {
        const { items: theirs, weights: given } = historyOf(data, user);
        const place = theirs.indexOf(item);
        if (place >= 0) gives[user] = (perOverlap[at] ?? 0) * valueOf(given[place] ?? 0);
      });
      return Float64Array.from(history.items, (source, at) => {
        const { items: by, weights: given } = historyOf(listeners, source);
        const sum = by.reduce(
          (total, user, place) => total + (gives[user] ?? 0) * valueOf(given[place] ?? 0),
          0,
        );
        return sum * valueOf(history.weights[at] ?? 0) * (shared[source] ?? 0) * (gets[item] ?? 0);
      });
    },
  };
};

const restoreUserKnn = (state: ModelState): ExplainingModel => {
  const userCount = numberOf(state, 'userCount');
  const items = indicesOf(state, 'items', state.itemCount - 1);
  const data = {
    userCount,
    itemCount: state.itemCount,
    starts: indicesOf(state, 'starts', items.length),
    items,
    weights: floatsOf(state, 'weights', items.length),
  };
  assertHistories(data);
  return userKnnModel(data, {
    ownDamping: numberOf(state, 'ownDamping'),
    otherDamping: numberOf(state, 'otherDamping'),
    itemDamping: numberOf(state, 'itemDamping'),
    power: numberOf(state, 'power'),
    neighbours: numberOf(state, 'neighbours'),
    targetDamping: numberOf(state, 'targetDamping'),
    weighted: numberOf(state, 'weighted'),
  });
};

/** What listeners alike heard. Its state holds their histories: it is as personal as they are. */
export const userKnn: Trainer<UserKnnSettings> = {
  name: 'user-knn',
  defaults: {
    ownDamping: 0.462,
    otherDamping: 0.698,
    itemDamping: 0.468,
    power: 1.495,
    neighbours: 320,
    targetDamping: 0.361,
    weighted: 0,
  },
  train: (data, settings) => {
    assertHistories(data);
    return userKnnModel(withoutDislikes(data), settings);
  },
  restore: restoreUserKnn,
};
