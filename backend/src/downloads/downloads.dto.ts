import { z } from 'zod';

/** The rungs of the ladder by their names; FLAC has but one. */
export const DOWNLOAD_FORMATS = [
  'original',
  'aac-96',
  'aac-160',
  'aac-320',
  'opus-96',
  'opus-160',
  'opus-320',
  'flac',
] as const;
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number];

export const downloadQuerySchema = z.object({ format: z.enum(DOWNLOAD_FORMATS).default('original') });
export type DownloadQuery = z.output<typeof downloadQuerySchema>;
