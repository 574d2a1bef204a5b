import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../common/access.js';
import { errorCode } from '../common/error-code.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { User } from './user.entity.js';

@Injectable()
export class UserRepository {
  constructor(private readonly db: Database) {}

  async hasAdministrator(tx: EntityManager = this.db.manager): Promise<boolean> {
    return tx.existsBy(User, { role: 'admin' });
  }

  async findByName(username: string, tx: EntityManager = this.db.manager): Promise<User | null> {
    return tx.findOneBy(User, { username });
  }

  /** Without a password nobody signs in to it. @throws DomainError USERNAME_TAKEN */
  async add(
    username: string,
    passwordHash: string | null,
    role: Role,
    tx: EntityManager = this.db.manager,
  ): Promise<User> {
    const id = newId();
    try {
      await tx.insert(User, { id, username, passwordHash, role });
    } catch (error) {
      if (errorCode(error) === '23505')
        throw new DomainError('USERNAME_TAKEN', `The name ${username} is taken.`, {
          field: 'username',
          cause: error,
        });
      throw error;
    }
    return this.getById(id, tx);
  }

  /** @throws DomainError USER_NOT_FOUND */
  async getById(id: string, tx: EntityManager = this.db.manager): Promise<User> {
    const user = await tx.findOneBy(User, { id });
    if (user === null) throw new DomainError('USER_NOT_FOUND', 'There is no such user.');
    return user;
  }
}
