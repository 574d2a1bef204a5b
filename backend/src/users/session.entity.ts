import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A signed-in browser. The token itself is known only to its cookie. */
@Entity({ name: 'sessions' })
export class Session {
  @PrimaryColumn('bytea', { name: 'token_hash' }) readonly tokenHash!: Buffer;
  @Column('uuid', { unique: true, default: () => 'gen_random_uuid()' }) readonly id!: string;
  @Column('uuid', { name: 'user_id' }) readonly userId!: string;
  @Column('text', { name: 'user_agent', default: '' }) readonly userAgent!: string;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) readonly createdAt!: Date;
  @Column('timestamptz', { name: 'last_seen_at', default: () => 'now()' }) lastSeenAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) readonly expiresAt!: Date;
}
