/** Triggers of migration 0035: whatever writes the catalogue, each thing whose hit may change is noted for the search. */

const note = (name: string, body: string): string => `
CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`;

const NOTE = 'INSERT INTO search_changes (kind, id)';

const trigger = (name: string, when: string, does: string): string =>
  `CREATE TRIGGER ${name} AFTER ${when} EXECUTE FUNCTION ${does}()`;

const differs = (columns: readonly string[]): string =>
  `(${columns.map((name) => `OLD.${name}`).join(', ')}) IS DISTINCT FROM (${columns.map((name) => `NEW.${name}`).join(', ')})`;

/** Not what they are sorted by: that only parts hits that are equal in all else. */
const TRACK = ['search_text', 'title', 'available', 'album_id', 'file_id'];
const ALBUM = ['search_text', 'title', 'track_count'];
const ARTIST = ['search_text', 'name'];

/** Albums are noted by their recount, which follows every change of their tracks, and bring their artists along. */
export const NOTES: readonly string[] = [
  note(
    'search_note_track',
    `IF TG_OP <> 'INSERT' THEN ${NOTE} VALUES (1, OLD.id), (2, OLD.album_id); END IF;
     IF TG_OP <> 'DELETE' THEN ${NOTE} VALUES (1, NEW.id); END IF;
     IF TG_OP = 'UPDATE' THEN
       ${NOTE} VALUES (2, NEW.album_id);
       ${NOTE} SELECT 3, artist_id FROM track_artists WHERE track_id = NEW.id AND role = 'performer';
     END IF;`,
  ),
  trigger('search_note', 'INSERT OR DELETE ON tracks FOR EACH ROW', 'search_note_track'),
  trigger(
    'search_note_update',
    `UPDATE OF ${TRACK.join(', ')} ON tracks FOR EACH ROW WHEN (${differs(TRACK)})`,
    'search_note_track',
  ),
  // Music that is found again in another library takes its rows along.
  note(
    'search_note_file',
    `${NOTE} SELECT 1, id FROM tracks WHERE file_id = NEW.id UNION ALL
       SELECT 2, album_id FROM tracks WHERE file_id = NEW.id UNION ALL
       SELECT 3, artist_id FROM track_artists JOIN tracks ON tracks.id = track_id WHERE file_id = NEW.id UNION ALL
       SELECT 3, artist_id FROM album_artists JOIN tracks USING (album_id) WHERE file_id = NEW.id;`,
  ),
  trigger(
    'search_note',
    'UPDATE OF library_id ON files FOR EACH ROW WHEN (OLD.library_id <> NEW.library_id)',
    'search_note_file',
  ),
  note(
    'search_note_album',
    `IF TG_OP <> 'INSERT' THEN ${NOTE} VALUES (2, OLD.id); END IF;
     IF TG_OP <> 'DELETE' THEN
       ${NOTE} SELECT 2, NEW.id UNION ALL SELECT 3, artist_id FROM album_artists WHERE album_id = NEW.id;
     END IF;`,
  ),
  trigger('search_note', 'INSERT OR DELETE ON albums FOR EACH ROW', 'search_note_album'),
  trigger(
    'search_note_update',
    `UPDATE OF ${ALBUM.join(', ')} ON albums FOR EACH ROW WHEN (${differs(ALBUM)})`,
    'search_note_album',
  ),
  note('search_note_artist', `${NOTE} VALUES (3, coalesce(NEW.id, OLD.id));`),
  trigger('search_note', 'INSERT OR DELETE ON artists FOR EACH ROW', 'search_note_artist'),
  // Their counts move with every batch; it matters only whether there are any.
  trigger(
    'search_note_update',
    `UPDATE OF ${ARTIST.join(', ')}, track_count, album_count ON artists FOR EACH ROW WHEN (${differs(ARTIST)}
       OR (OLD.track_count + OLD.album_count > 0) <> (NEW.track_count + NEW.album_count > 0))`,
    'search_note_artist',
  ),
  note('search_note_credit', `${NOTE} VALUES (3, coalesce(NEW.artist_id, OLD.artist_id));`),
  trigger(
    'search_note_insert',
    `INSERT ON track_artists FOR EACH ROW WHEN (NEW.role = 'performer')`,
    'search_note_credit',
  ),
  trigger(
    'search_note_delete',
    `DELETE ON track_artists FOR EACH ROW WHEN (OLD.role = 'performer')`,
    'search_note_credit',
  ),
  trigger('search_note', 'INSERT OR DELETE ON album_artists FOR EACH ROW', 'search_note_credit'),
  note('search_note_lyrics', `${NOTE} VALUES (5, coalesce(NEW.track_id, OLD.track_id));`),
  trigger('search_note', 'INSERT OR DELETE OR UPDATE ON lyrics FOR EACH ROW', 'search_note_lyrics'),
];
