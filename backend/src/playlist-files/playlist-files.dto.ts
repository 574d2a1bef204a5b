import { z } from 'zod';
import { plainText } from '../users/plain-text.js';
import { PLAYLIST_FORMATS } from './playlist-formats.js';
import { playlistSchema } from '../playlists/playlists.dto.js';

export const exportQuerySchema = z.object({ format: z.enum(PLAYLIST_FORMATS).default('m3u8') });
export type ExportQuery = z.output<typeof exportQuerySchema>;

/** Ten thousand entries of the wordiest format, Japanese paths in percent-encoding. */
export const LARGEST_IMPORT_BYTES = 16 << 20;

export const importBodySchema = z
  .strictObject({
    format: z.enum(PLAYLIST_FORMATS),
    /** Else the one that the file has. */
    title: plainText(200).optional(),
    /** The file's text. */
    content: z.string(),
  })
  .meta({ id: 'PlaylistImport' });
export type ImportBody = z.output<typeof importBodySchema>;

export const importedSchema = z
  .object({
    /** Of what was found, in the order of the file. */
    playlist: playlistSchema,
    found: z.int(),
    missing: z.array(
      z.object({
        /** In the file, from 1. */
        position: z.int(),
        title: z.string().nullable(),
        artist: z.string().nullable(),
        path: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PlaylistImported' });
export type Imported = z.output<typeof importedSchema>;
