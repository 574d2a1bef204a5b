import { Injectable } from '@nestjs/common';
import { ArtistReads } from '../catalog/artist-reads.js';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import type { Block, NewBlock } from './taste.dto.js';

interface Row {
  readonly id: string;
  readonly trackId: string | null;
  readonly artistId: string | null;
  readonly blockedAt: Date;
}

const LIST = 'taste blocks';

/** What somebody is never to be recommended. */
@Injectable()
export class TasteBlocks {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
    private readonly artists: ArtistReads,
  ) {}

  /** What is blocked already stays as it is. @throws DomainError TRACK_NOT_FOUND, ARTIST_NOT_FOUND */
  async add(userId: string, { kind, id }: NewBlock, visible: Visible): Promise<Block> {
    const found =
      kind === 'track'
        ? await this.tracks.findByIds([id], visible)
        : await this.artists.findByIds([id], visible);
    if (found.length === 0)
      throw kind === 'track'
        ? new DomainError('TRACK_NOT_FOUND', 'There is no such track.', { field: 'id' })
        : new DomainError('ARTIST_NOT_FOUND', 'There is no such artist.', { field: 'id' });
    await this.db.query(
      `INSERT INTO taste_blocks (id, user_id, ${kind}_id)
       SELECT $1, $2, id FROM ${kind}s WHERE id = $3 ON CONFLICT DO NOTHING`,
      [newId(), userId, id],
    );
    const rows = await this.db.query<Row>(`${SELECT} WHERE user_id = $1 AND ${kind}_id = $2`, [userId, id]);
    const [block] = await this.shown(rows, visible);
    if (block === undefined) throw new DomainError('BLOCK_NOT_FOUND', 'It was taken back meanwhile.');
    return block;
  }

  async list(userId: string, { limit, cursor }: PageQuery, visible: Visible): Promise<Page<Block>> {
    const below = decodeIdCursor(LIST, cursor);
    const rows = await this.db.query<Row>(
      `${SELECT} WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [userId, below, limit + 1],
    );
    const { items, nextCursor } = toPage(
      rows,
      limit,
      (row) => row,
      ({ id }) => [LIST, id],
    );
    return { items: await this.shown(items, visible), nextCursor };
  }

  /** @throws DomainError BLOCK_NOT_FOUND */
  async remove(userId: string, id: string): Promise<void> {
    const gone = await this.db.query('DELETE FROM taste_blocks WHERE user_id = $1 AND id = $2 RETURNING id', [
      userId,
      id,
    ]);
    if (gone.length === 0) throw new DomainError('BLOCK_NOT_FOUND', 'Nothing is blocked by this id.');
  }

  private async shown(rows: readonly Row[], visible: Visible): Promise<Block[]> {
    const tracks = await this.tracks.findByIds(idsOf(rows, 'trackId'), visible);
    const artists = await this.artists.findByIds(idsOf(rows, 'artistId'), visible);
    return rows.map(({ id, trackId, artistId, blockedAt }) => {
      const common = { id, blockedAt: blockedAt.toISOString() };
      return trackId === null
        ? { kind: 'artist', ...common, item: artists.find((artist) => artist.id === artistId) ?? null }
        : { kind: 'track', ...common, item: tracks.find((track) => track.id === trackId) ?? null };
    });
  }
}

const SELECT = `SELECT id, track_id AS "trackId", artist_id AS "artistId", blocked_at AS "blockedAt" FROM taste_blocks`;

const idsOf = (rows: readonly Row[], column: 'trackId' | 'artistId'): string[] =>
  rows.flatMap((row) => row[column] ?? []);
