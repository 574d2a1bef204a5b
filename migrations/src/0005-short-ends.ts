import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A last segment below half a second belongs to the one before it (SHORTEST_END_SECONDS in the room transcode). In the
 * files the two lie side by side, so what was encoded under the old rule needs a new table only.
 */
export class ShortEnds1780000000005 implements MigrationInterface {
  readonly name = 'ShortEnds1780000000005';

  async up(q: QueryRunner): Promise<void> {
    const n = 'cardinality(segment_samples)';
    const folded = (column: string): string =>
      `${column} = ${column}[:${n} - 2] || (${column}[${n} - 1] + ${column}[${n}])`;
    await q.query(
      `UPDATE renditions SET ${folded('segment_bytes')}, ${folded('segment_samples')}
        WHERE ${n} > 1 AND cardinality(segment_bytes) = ${n} AND segment_samples[${n}] * 2 < sample_rate_hz`,
    );
  }

  /** An older version takes the table for what it is: nothing to undo. */
  async down(): Promise<void> {}
}
