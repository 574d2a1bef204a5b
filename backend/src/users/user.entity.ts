import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../common/access.js';

@Entity({ name: 'users' })
export class User {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('citext', { unique: true }) username!: string;
  @Column('text', { name: 'password_hash', nullable: true }) passwordHash!: string | null;
  @Column('text') role!: Role;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  /** Take music along as files; administrators always may. */
  @Column('boolean', { name: 'may_download', default: false }) mayDownload!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) readonly createdAt!: Date;
}
