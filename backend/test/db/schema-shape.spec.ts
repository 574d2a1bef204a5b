import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareShapes } from '../../src/integrity/schema-shape.js';
import { INDEX_NEXT, MAKE_NEXT } from '../../src/search/index-tables.js';
import { SearchRebuild } from '../../src/search/search-rebuild.js';
import { SearchRefresh } from '../../src/search/search-refresh.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { addLibrary, addTracks, makeRows, numbers } from '../support/search-catalogue.js';

const AS_MIGRATED = { lacking: [], surplus: [] };

describe('the schema beside its migrations', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await testDatabase();
    const library = await addLibrary(test.db, 'music', 'listener');
    await addTracks(test.db, makeRows(500, [library], numbers(3)));
  });
  afterAll(() => test.close());

  it('is the same while a search index is built anew, and afterwards', async () => {
    let isBuilt = false;
    const building = new SearchRebuild(test.db, new SearchRefresh(test.db))
      .run(new AbortController().signal)
      .finally(() => (isBuilt = true));
    while (!isBuilt) expect(await compareShapes(test.db)).toEqual(AS_MIGRATED);
    expect(await building).toBe(true);
    expect(await compareShapes(test.db)).toEqual(AS_MIGRATED);
  });

  it('is the same beside what a rebuild left that was killed, and differs by any other table', async () => {
    for (const statement of [...MAKE_NEXT, ...INDEX_NEXT]) await test.db.query(statement);
    expect(await compareShapes(test.db)).toEqual(AS_MIGRATED);
    await test.db.query('CREATE TABLE tracks_next (id int)');
    const { surplus } = await compareShapes(test.db);
    expect(surplus.map(({ name }) => name)).toEqual(['tracks_next.id']);
  });
});
