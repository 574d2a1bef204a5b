import type { Role } from '../common/access.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One music folder. Its root is bytes, as every path is; `held` says why its files are left as they are. */
@Entity({ name: 'libraries' })
export class Library {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('text') name!: string;
  @Column('bytea', { unique: true }) root!: Buffer;
  @Column('text', { name: 'display_root' }) displayRoot!: string;
  @Column('bigint', { name: 'root_device', nullable: true }) rootDevice!: string | null;
  @Column('bigint', { name: 'root_inode', nullable: true }) rootInode!: string | null;
  @Column('text', { name: 'held_code', nullable: true }) heldCode!: string | null;
  @Column('text', { name: 'held_reason', nullable: true }) heldReason!: string | null;
  @Column({ type: 'text', name: 'open_role', nullable: true, default: 'listener' }) openRole!: Role | null;
  @Column('timestamptz', { name: 'last_scanned_at', nullable: true }) lastScannedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) readonly createdAt!: Date;
}
