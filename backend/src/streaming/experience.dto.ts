import { z } from 'zod';

const rung = { codec: z.enum(['opus', 'aac', 'flac', 'original']), bitrateKbps: z.int().min(0).max(320) };
/** An hour: what lasted longer was a machine asleep. */
const lastedMs = z.int().min(0).max(3_600_000);

/** What somebody heard of the delivery, and not of the music: no track, no address, no words. */
export const experienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start'), lastedMs, ...rung }),
  z.strictObject({ kind: z.literal('rebuffer'), lastedMs, ...rung }),
  z.strictObject({ kind: z.literal('heard'), lastedMs, ...rung }),
  z.strictObject({
    kind: z.literal('failure'),
    failure: z.enum(['offline', 'missing', 'preparing', 'forbidden', 'unsupported', 'damaged', 'unknown']),
  }),
]);
export type Experience = z.infer<typeof experienceSchema>;

export const MOST_EXPERIENCES = 50;

export const experiencesSchema = z.strictObject({
  events: z.array(experienceSchema).min(1).max(MOST_EXPERIENCES),
});
export type ExperiencesBody = z.infer<typeof experiencesSchema>;
