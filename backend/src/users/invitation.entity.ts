import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../common/access.js';

/** A way to become a user, once. The token stands only in the link that was handed out. */
@Entity({ name: 'invitations' })
export class Invitation {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('bytea', { name: 'token_hash', unique: true }) readonly tokenHash!: Buffer;
  @Column('text') readonly role!: Role;
  @Column('text', { default: '' }) readonly note!: string;
  @Column('uuid', { name: 'created_by' }) readonly createdBy!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) readonly createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) readonly expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('uuid', { name: 'used_by', nullable: true }) usedBy!: string | null;
}
