import { Injectable } from '@nestjs/common';
import { basename } from 'node:path';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { Library } from './library.entity.js';

@Injectable()
export class LibraryRepository {
  constructor(private readonly db: Database) {}

  async findAll(tx: EntityManager = this.db.manager): Promise<Library[]> {
    return tx.find(Library, { order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws DomainError LIBRARY_NOT_FOUND */
  async getById(id: string, tx: EntityManager = this.db.manager): Promise<Library> {
    const library = await tx.findOneBy(Library, { id });
    if (library === null) throw new DomainError('LIBRARY_NOT_FOUND', 'There is no such library.');
    return library;
  }

  /** The library of a folder, made when it is new; a folder that was named before keeps its id. */
  async ensure(root: string, tx: EntityManager = this.db.manager): Promise<Library> {
    const bytes = Buffer.from(root);
    await this.db.query(
      `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, $2, $3, $4) ON CONFLICT (root) DO NOTHING`,
      [newId(), basename(root) || root, bytes, root],
      tx,
    );
    const row = await this.db.first<{ id: string }>('SELECT id FROM libraries WHERE root = $1', [bytes], tx);
    return this.getById(row?.id ?? '', tx);
  }
}
