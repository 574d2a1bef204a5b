import { z } from 'zod';
import { ROLES } from '../common/access.js';

export const managedLibrarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    path: z.string(),
    /** The least role that sees it; null: administrators, and the people named. */
    openTo: z.enum(ROLES).nullable(),
    members: z.array(z.object({ id: z.string(), username: z.string() })),
    lastScannedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ManagedLibrary' });
export type ManagedLibrary = z.output<typeof managedLibrarySchema>;

export const managedLibrariesSchema = z
  .object({ items: z.array(managedLibrarySchema) })
  .meta({ id: 'ManagedLibraries' });
export type ManagedLibraries = z.output<typeof managedLibrariesSchema>;

const NAME_LENGTH = 100;
const MEMBERS = 10_000;

/** What is left out stays; `memberIds` are all who are named from now on. */
export const libraryChangeSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_LENGTH).optional(),
    openTo: z.enum(ROLES).nullable().optional(),
    memberIds: z.array(z.uuid()).max(MEMBERS).optional(),
  })
  .meta({ id: 'LibraryChange' });
export type LibraryChange = z.output<typeof libraryChangeSchema>;
