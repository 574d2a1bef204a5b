import { z } from 'zod';
import { MAX_QUEUE_TRACKS } from './media-path.js';

export const playbackGrantSchema = z
  .object({
    dash: z.string(),
    hls: z.object({ aac: z.string(), opus: z.string(), flac: z.string() }),
    original: z.string(),
    expiresAt: z.iso.datetime(),
    durationMs: z.int(),
    gainDb: z.number(),
  })
  .meta({ id: 'PlaybackGrant' });
export type PlaybackGrantDto = z.infer<typeof playbackGrantSchema>;

export const queueBodySchema = z.strictObject({
  trackIds: z
    .array(z.uuid().transform((id) => id.toLowerCase()))
    .min(1)
    .max(MAX_QUEUE_TRACKS),
  codec: z.enum(['opus', 'aac', 'flac']),
});
export type QueueBody = z.infer<typeof queueBodySchema>;

export const queueGrantSchema = z
  .object({
    items: z.array(
      z.object({
        trackId: z.string(),
        startMs: z.number(),
        durationMs: z.number(),
        sampleRateHz: z.int(),
        samples: z.int(),
        primingSamples: z.int(),
        frameSamples: z.int(),
        /** By so much `full/0.m4s` begins before the encoding does: a packet that resets an Opus decoder. */
        leadSamples: z.int(),
        segmentCount: z.int(),
        /** As encoded, of each segment but the last, which has what is left of `primingSamples + samples`. */
        samplesPerSegment: z.int(),
        /** Samples of each segment as encoded, where they do not follow from the other numbers; else null. */
        segmentSamples: z.array(z.int()).nullable(),
        /** To -18 LUFS, a boost only as far as the true peak leaves room. */
        gainDb: z.number(),
        /** The same for its whole album; null until all of that was measured. */
        albumGainDb: z.number().nullable(),
        rungs: z.array(z.object({ bitrateKbps: z.int(), init: z.string(), segments: z.string() })),
      }),
    ),
    dash: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'QueueGrant' });
export type QueueGrantDto = z.infer<typeof queueGrantSchema>;
