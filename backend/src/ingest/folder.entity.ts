import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A folder as the first pass last took it in; without a fingerprint it is looked through again. */
@Entity({ name: 'folders' })
export class Folder {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid', { name: 'library_id' }) libraryId!: string;
  @Column('bytea') path!: Buffer;
  @Column('bytea', { nullable: true }) fingerprint!: Buffer | null;
  @Column('bytea', { name: 'beside_fingerprint', nullable: true }) besideFingerprint!: Buffer | null;
}
