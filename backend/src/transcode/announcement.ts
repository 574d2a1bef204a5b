import { z } from 'zod';
import type { Codec } from '../media/ladder.js';
import type { ClaimedRendition, RenditionKey } from './rendition.js';
import type { SegmentTable } from './rendition-file.js';
import { timelineOf } from './timeline.js';

/** A rendition as it grows, and the first segment that was not told yet. */
export interface Growth extends SegmentTable {
  readonly draftPath: string;
  readonly firstNew: number;
}

/** A notification holds at most 8,000 bytes; beyond this many the listener reads the row. */
const MOST_TOLD = 500;

const toldGrowth = z.object({
  renditionId: z.string(),
  draftPath: z.string(),
  initBytes: z.int().positive(),
  /** Number and offset of the first segment in `bytes`. */
  first: z.int().nonnegative(),
  offset: z.int().positive(),
  bytes: z.array(z.int().positive()),
});

/** What processes tell each other of a growing rendition; its id alone means: read the row. */
export type Announcement = z.infer<typeof toldGrowth> | { readonly renditionId: string };

export const announcementOf = (renditionId: string, growth: Growth): Announcement => {
  const { draftPath, initBytes, segmentBytes, firstNew } = growth;
  if (initBytes === null || segmentBytes.length - firstNew > MOST_TOLD) return { renditionId };
  const offset = segmentBytes.slice(0, firstNew).reduce((sum, bytes) => sum + bytes, initBytes);
  return { renditionId, draftPath, initBytes, first: firstNew, offset, bytes: segmentBytes.slice(firstNew) };
};

/** The new segments that a notification tells, if it tells any. */
export const growthOf = (payload: unknown): z.infer<typeof toldGrowth> | undefined =>
  toldGrowth.safeParse(payload).data;

const named = z.object({ renditionId: z.string() });

export const renditionIdOf = (payload: unknown): string | undefined =>
  named.safeParse(payload).data?.renditionId;

const leaving = z.object({ left: z.literal(true) });

/** Whether the listeners have gone who waited for the rendition that is named. */
export const isLeaving = (payload: unknown): boolean => leaving.safeParse(payload).success;

const ofTrack = z.object({ trackId: z.string() });

/** The track whose renditions are no longer what they were: it was measured anew, or some of them were evicted. */
export const changedTrackOf = (payload: unknown): string | undefined =>
  ofTrack.safeParse(payload).data?.trackId;

/** The `encode` event that pages hear. */
export interface EncodeEvent {
  readonly trackId: string;
  readonly codec: Codec;
  readonly bitrateKbps: number;
  readonly state: 'queued' | 'encoding' | 'ready' | 'failed';
  readonly segmentsDone: number;
  readonly segmentsTotal: number;
}

const made = z.object({
  trackId: z.string(),
  codec: z.enum(['aac', 'opus', 'flac']),
  bitrateKbps: z.int(),
  state: z.literal('ready'),
});

/** The rendition that an `encode` event says is ready, if that is what it says. */
export const readyKeyOf = (payload: unknown): RenditionKey | undefined => made.safeParse(payload).data;

/** How far a rung of several chunks is. */
export interface ReadyChunks {
  readonly segmentsDone: number;
  readonly allReady: boolean;
}

/** A rung of several chunks is being encoded until the last of them is ready. */
export const encodeEvent = (
  claimed: ClaimedRendition,
  state: EncodeEvent['state'],
  growth?: Pick<Growth, 'segmentBytes'>,
  { segmentsDone, allReady }: ReadyChunks = { segmentsDone: 0, allReady: true },
): EncodeEvent => {
  const { trackId, codec, bitrateKbps } = claimed;
  const rung = { trackId, codec, bitrateKbps };
  const total = timelineOf(codec, claimed.sampleRateHz, claimed.sampleCount).mediaSamples.length;
  if (state === 'ready' && allReady) return { ...rung, state, segmentsDone: total, segmentsTotal: total };
  const done = segmentsDone + (growth?.segmentBytes.length ?? 0);
  return {
    ...rung,
    state: state === 'ready' ? 'encoding' : state,
    segmentsDone: done,
    segmentsTotal: total,
  };
};
