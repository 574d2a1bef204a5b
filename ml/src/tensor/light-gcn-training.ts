import { withoutDislikes, type Histories } from '../data/histories.js';
import { seededRandom, type Random } from '../data/random.js';
import type { Model } from '../models/model.js';
import { Adam } from './adam.js';
import { softmaxLoss } from './light-gcn-loss.js';
import { lightGcnModel } from './light-gcn-model.js';
import type { LightGcnSettings } from './light-gcn-settings.js';
import { PlayGraph, type Embeddings, type Rows, type Spread } from './propagation.js';
import { openTensorFlow, type TensorBackend } from './tensorflow.js';
import { throughUnitRows, unitRows } from './unit-rows.js';

/** Above as many items a sample of them stands for all in the softmax, a new one each step. */
const MOST_ITEMS = 20_000;
const SAMPLED_ITEMS = 4_096;
const FIRST_DEVIATION = 0.1;

export async function trainLightGcn(
  given: Histories,
  { width, layers, steps, rate, tau }: LightGcnSettings,
  seed: number,
  only?: TensorBackend,
): Promise<Model> {
  await openTensorFlow(only);
  const data = withoutEmptyRows(withoutDislikes(given));
  const random = seededRandom(seed);
  const graph = new PlayGraph(data, width);
  const first = {
    users: normals(data.userCount * width, random),
    items: normals(data.itemCount * width, random),
  };
  const movers = { users: new Adam(first.users, rate), items: new Adam(first.items, rate) };
  for (let step = 0; step < steps; step++) {
    const gradient = gradientOf(data, graph, first, { layers, tau }, sampleOf(data.itemCount, random));
    movers.users.step(gradient.users);
    movers.items.step(gradient.items);
  }
  const spread = graph.spread(first, layers);
  return lightGcnModel({
    width,
    tau,
    items: unitRows(spread.items, width).rows,
    passed: passedByOnePlay(graph, spread),
  });
}

function gradientOf(
  data: Histories,
  graph: PlayGraph,
  first: Embeddings,
  { layers, tau }: { readonly layers: number; readonly tau: number },
  chosen: Int32Array | null,
): Embeddings {
  const { width } = graph;
  const spread = graph.spread(first, layers);
  const users = unitRows(spread.users, width);
  const items = unitRows(spread.items, width);
  const { gradient } = softmaxLoss(data, { users: users.rows, items: items.rows }, width, tau, chosen);
  return graph.spread(
    {
      users: throughUnitRows(gradient.users, users, width),
      items: throughUnitRows(gradient.items, items, width),
    },
    layers,
  );
}

/** What each item passes on, over the root of its own degree; the listener's degree is known when they are. */
const passedByOnePlay = ({ itemDegrees, width }: PlayGraph, { passed }: Spread): Rows =>
  passed.map((value, at) => value / Math.sqrt(Math.max(1, itemDegrees[Math.floor(at / width)] ?? 0)));

const normals = (count: number, random: Random): Rows =>
  Float32Array.from({ length: count }, () => random.normal() * FIRST_DEVIATION);

function sampleOf(itemCount: number, random: Random): Int32Array | null {
  if (itemCount <= MOST_ITEMS) return null;
  return Int32Array.from({ length: SAMPLED_ITEMS }, () => random.below(itemCount));
}

/** Who heard nothing has nothing to be pulled to. */
function withoutEmptyRows(data: Histories): Histories {
  const starts = data.starts.filter((start, user) => user === 0 || start > (data.starts[user - 1] ?? 0));
  return starts.length === data.starts.length ? data : { ...data, userCount: starts.length - 1, starts };
}
