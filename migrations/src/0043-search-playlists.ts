import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Playlists are noted for the search as the catalogue is (migration 0035): their names, and who may read them. */
export class SearchPlaylists1780000000043 implements MigrationInterface {
  readonly name = 'SearchPlaylists1780000000043';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE FUNCTION search_note_playlist() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO search_changes (kind, id) VALUES (4, coalesce(NEW.id, OLD.id)); RETURN NULL; END $$`);
    await q.query(`CREATE FUNCTION search_note_reader() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO search_changes (kind, id) VALUES (4, coalesce(NEW.playlist_id, OLD.playlist_id));
      RETURN NULL; END $$`);
    await q.query(`CREATE TRIGGER search_note AFTER INSERT OR DELETE OR UPDATE OF title, search_text, visibility, owner_id
      ON playlists FOR EACH ROW EXECUTE FUNCTION search_note_playlist()`);
    await q.query(`CREATE TRIGGER search_note AFTER INSERT OR DELETE ON playlist_members
      FOR EACH ROW EXECUTE FUNCTION search_note_reader()`);
    await q.query('INSERT INTO search_changes (kind, id) SELECT 4, id FROM playlists');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP FUNCTION search_note_playlist, search_note_reader CASCADE');
  }
}
