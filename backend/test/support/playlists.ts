import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import type { Database } from '../../src/database/database.js';
import { EntryEdits } from '../../src/playlists/entry-edits.js';
import { EntryReads } from '../../src/playlists/entry-reads.js';
import { EntryRows } from '../../src/playlists/entry-rows.js';
import { PlaylistExports } from '../../src/playlist-files/playlist-exports.js';
import { PlaylistImports } from '../../src/playlist-files/playlist-imports.js';
import { PlaylistLock } from '../../src/playlists/playlist-lock.js';
import { PlaylistReads } from '../../src/playlists/playlist-reads.js';
import { PlaylistTracks } from '../../src/playlists/playlist-tracks.js';
import { SmartLists } from '../../src/smart-lists/smart-lists.js';
import { VisibleLibraries } from '../../src/libraries/visible-libraries.js';
import { SmartPreviews } from '../../src/smart-lists/smart-previews.js';
import { SmartReads } from '../../src/smart-lists/smart-reads.js';
import { PlaylistsService } from '../../src/playlists/playlists.service.js';
import { TrackFinder } from '../../src/playlist-files/track-finder.js';

export const makeSmartLists = (db: Database): SmartLists =>
  new SmartLists(db, new SmartReads(db), new VisibleLibraries(db));

/** The room of playlists, put together as the API process does it. */
export const makePlaylists = (db: Database) => {
  const search = new SmartReads(db);
  const smart = makeSmartLists(db);
  const tracks = new TrackReads(db);
  const reads = new PlaylistReads(db, smart);
  const lock = new PlaylistLock(db, reads);
  const rows = new EntryRows(db);
  const lists = new PlaylistsService(db, reads, lock, rows);
  return {
    reads,
    lock,
    rows,
    previews: new SmartPreviews(search, tracks),
    lists,
    exports: new PlaylistExports(db, new PlaylistTracks(db, smart)),
    imports: new PlaylistImports(new TrackFinder(db), lists),
    entries: new EntryReads(db, tracks, smart),
    edits: new EntryEdits(db, lock, rows),
  };
};
export type TestPlaylists = ReturnType<typeof makePlaylists>;

/** An account without a password. */
export const addUser = async (db: Database, username: string, role = 'listener'): Promise<string> => {
  const id = newId();
  await db.query('INSERT INTO users (id, username, role) VALUES ($1, $2, $3)', [id, username, role]);
  return id;
};
