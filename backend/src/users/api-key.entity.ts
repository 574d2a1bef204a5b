import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '../common/access.js';

/** A program's way in, in the name of its user. The key itself is shown once, when it is made. */
@Entity({ name: 'api_keys' })
export class ApiKey {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid', { name: 'user_id' }) readonly userId!: string;
  @Column('text') readonly name!: string;
  @Column('bytea', { name: 'token_hash', unique: true }) readonly tokenHash!: Buffer;
  @Column('text', { array: true }) readonly scopes!: Scope[];
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) readonly createdAt!: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) readonly expiresAt!: Date | null;
}
