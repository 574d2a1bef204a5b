import { ROLES } from '../common/access.js';

const RANKS = `ARRAY[${ROLES.map((role) => `'${role}'`).join(', ')}]::text[]`;

/**
 * SQL: whether a row of `users`, by its alias, sees a library, by its id. It is what `VisibleLibraries` says of one
 * person, for queries over the things of several.
 */
export const seesLibrary = (user: string, libraryId: string): string =>
  `(${user}.role = 'admin' OR EXISTS (SELECT FROM libraries AS shown WHERE shown.id = ${libraryId} AND (
     array_position(${RANKS}, ${user}.role) >= array_position(${RANKS}, shown.open_role)
     OR EXISTS (SELECT FROM library_members WHERE library_id = shown.id AND user_id = ${user}.id))))`;

/** SQL: the same of a track, by its id, wherever its file lies. */
export const seesTrack = (user: string, trackId: string): string =>
  `EXISTS (SELECT FROM tracks AS heard WHERE heard.id = ${trackId} AND ${seesLibrary(user, 'heard.library_id')})`;

/** SQL: the same of an album, which is seen as soon as one of its tracks is. */
export const seesAlbum = (user: string, albumId: string): string =>
  `EXISTS (SELECT FROM library_albums AS held WHERE held.album_id = ${albumId}
     AND ${seesLibrary(user, 'held.library_id')})`;
