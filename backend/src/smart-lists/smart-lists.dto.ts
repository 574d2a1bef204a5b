import { z } from 'zod';
import { trackSummarySchema } from '../catalog/catalog.dto.js';
import { rulesSchema } from './rules.js';

export const previewBodySchema = z.strictObject({ rules: rulesSchema }).meta({ id: 'SmartPreviewBody' });
export type PreviewBody = z.output<typeof previewBodySchema>;

export const previewSchema = z
  .object({
    /** Up to the limit of the rules, and without it. */
    count: z.int(),
    matching: z.int(),
    durationMs: z.int(),
    /** The first ones. */
    tracks: z.array(trackSummarySchema),
  })
  .meta({ id: 'SmartPreview' });
export type Preview = z.output<typeof previewSchema>;
