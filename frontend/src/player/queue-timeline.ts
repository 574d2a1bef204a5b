import type { QueueGrant } from '../api/client';

/** A track as the server grants it for a queue: everything a segment's place and address follow from. */
export type GrantedItem = QueueGrant['items'][number];

/** An item with its place on the queue's one timeline. */
export interface PlacedItem {
  /** The queue's own key: a track may stand in it twice, and an item may come round again. */
  readonly key: number;
  readonly item: GrantedItem;
  readonly startSeconds: number;
}

/** In samples as encoded: together the priming and the music. */
export const segmentSamplesOf = (item: GrantedItem): readonly number[] => {
  const { segmentSamples, segmentCount, samplesPerSegment, primingSamples, samples } = item;
  const last = primingSamples + samples - (segmentCount - 1) * samplesPerSegment;
  return (
    segmentSamples ??
    Array.from({ length: segmentCount }, (_, index) => (index < segmentCount - 1 ? samplesPerSegment : last))
  );
};

/** Exact, where the milliseconds of the grant are for people. */
export const secondsOf = (item: Pick<GrantedItem, 'samples' | 'sampleRateHz'>): number =>
  item.samples / item.sampleRateHz;

export const endSeconds = ({ startSeconds, item }: PlacedItem): number => startSeconds + secondsOf(item);

/** Each item begins with the sample after the last one of the item before. */
export const placeItems = (
  items: readonly { readonly key: number; readonly item: GrantedItem }[],
  fromSeconds: number,
): readonly PlacedItem[] => {
  let startSeconds = fromSeconds;
  return items.map(({ key, item }) => {
    const placed = { key, item, startSeconds };
    startSeconds = endSeconds(placed);
    return placed;
  });
};

/** Media clocks count microseconds: a position this close before a join has reached it. */
const CLOCK_SECONDS = 0.001;

/** Which item sounds at a position; beyond either end the nearest one, -1 only for an empty timeline. */
export const indexAt = (placed: readonly PlacedItem[], positionSeconds: number): number => {
  const after = placed.findIndex(({ startSeconds }) => startSeconds > positionSeconds + CLOCK_SECONDS);
  return after < 0 ? placed.length - 1 : Math.max(0, after - 1);
};
