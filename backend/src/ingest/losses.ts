import { Injectable } from '@nestjs/common';
import { CatalogWriter } from '../catalog/catalog-writer.js';
import { Database } from '../database/database.js';
import { Adoption } from './adoption.js';
import { FileRepository } from './file.repository.js';
import type { KnownFile } from './folder-changes.js';

const CHUNK = 500;

/** Files that are gone: marked, never deleted. */
@Injectable()
export class Losses {
  constructor(
    private readonly db: Database,
    private readonly files: FileRepository,
    private readonly catalog: CatalogWriter,
    private readonly adoption: Adoption,
  ) {}

  async markMissing(files: readonly Pick<KnownFile, 'id'>[]): Promise<void> {
    for (let at = 0; at < files.length; at += CHUNK) {
      const ids = files.slice(at, at + CHUNK).map((file) => file.id);
      await this.db.transaction(async (tx) => {
        await this.files.markMissing(ids, tx);
        await this.catalog.setAvailable(ids, false, tx);
        await this.adoption.adoptCopies(ids, tx);
      });
    }
  }
}
