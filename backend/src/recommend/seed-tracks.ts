import { Injectable } from '@nestjs/common';
import { DomainError, type DomainErrorCode } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { PlaylistTracks } from '../playlists/playlist-tracks.js';
import type { RadioSeed } from './radio.dto.js';

/** Of more than this a radio would be of everything. */
const MOST = 50;

const OF = {
  track: 'tracks.id = $1',
  album: 'tracks.album_id = $1',
  artist: `tracks.id IN (SELECT track_id FROM track_artists WHERE artist_id = $1 AND role = 'performer')`,
  genre: 'tracks.id IN (SELECT track_id FROM track_genres WHERE genre_id = $1)',
} as const;

const ABSENT: Readonly<Record<keyof typeof OF, DomainErrorCode>> = {
  track: 'TRACK_NOT_FOUND',
  album: 'ALBUM_NOT_FOUND',
  artist: 'ARTIST_NOT_FOUND',
  genre: 'NOT_FOUND',
};

/** The tracks that a radio begins with. */
@Injectable()
export class SeedTracks {
  constructor(
    private readonly db: Database,
    private readonly playlists: PlaylistTracks,
  ) {}

  /** Those that are played most. @throws DomainError where the listener sees nothing of it */
  async of({ kind, id }: RadioSeed, userId: string, visible: Visible): Promise<string[]> {
    if (kind === 'playlist')
      return (await this.playlists.get(id, { userId, visible })).trackIds.slice(0, MOST);
    const params = new SqlParams();
    params.add(id);
    const rows = await this.db.query<{ id: string }>(
      `SELECT tracks.id FROM tracks LEFT JOIN track_counts ON track_counts.track_id = tracks.id
       WHERE ${OF[kind]} AND ${seenBy(visible, params.add).track}
       ORDER BY coalesce(track_counts.plays, 0) DESC, tracks.id LIMIT ${MOST}`,
      params.values,
    );
    if (rows.length === 0) throw new DomainError(ABSENT[kind], `There is no such ${kind}.`, { field: 'id' });
    return rows.map((row) => row.id);
  }
}
