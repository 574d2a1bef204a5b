import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { ArtistReads } from '../catalog/artist-reads.js';
import { TrackReads } from '../catalog/track-reads.js';
import { tracksOfLiked } from '../catalog/liked-tracks.js';
import { DomainError } from '../common/errors.js';
import { toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Visible } from '../libraries/seen.js';
import type { Followed, Liked, LikedKind, Opinion, OpinionChange } from './likes.dto.js';
import { OpinionsRepository, type Since } from './opinions.repository.js';

/** What somebody likes, rates and follows, of what they see. */
@Injectable()
export class LikesService {
  constructor(
    private readonly opinions: OpinionsRepository,
    private readonly tracks: TrackReads,
    private readonly albums: AlbumReads,
    private readonly artists: ArtistReads,
    private readonly db: Database,
    private readonly jobs: JobQueue,
  ) {}

  /** @throws DomainError TRACK_NOT_FOUND, ALBUM_NOT_FOUND, ARTIST_NOT_FOUND, INVALID_BODY */
  async change(
    userId: string,
    kind: LikedKind,
    id: string,
    change: OpinionChange,
    visible: Visible,
  ): Promise<Opinion> {
    if (change.followed === true && kind !== 'artist')
      throw new DomainError('INVALID_BODY', 'Only artists can be followed.', { field: 'followed' });
    const [item] = await this.find(kind, [id], visible);
    if (item === undefined) throw notFound(kind);
    const opinion = await this.opinions.change(userId, kind, id, change);
    if (change.liked === true || change.followed === true) await this.encodeSooner(kind, id);
    return opinion;
  }

  look(userId: string, kind: LikedKind, ids: readonly string[]): Promise<Opinion[]> {
    return this.opinions.look(userId, kind, ids);
  }

  async likes(userId: string, kind: LikedKind, query: PageQuery, visible: Visible): Promise<Page<Liked>> {
    const rows = await this.opinions.list(userId, { kind, since: 'liked_at' }, query);
    const items = await this.find(kind, idsOf(rows), visible);
    return pageOf(rows, query.limit, items, (item, at): Liked => ({ likedAt: at, item }));
  }

  async follows(userId: string, query: PageQuery, visible: Visible): Promise<Page<Followed>> {
    const rows = await this.opinions.list(userId, { kind: 'artist', since: 'followed_at' }, query);
    const artists = await this.artists.findByIds(idsOf(rows), visible);
    return pageOf(rows, query.limit, artists, (item, at): Followed => ({ followedAt: at, item }));
  }

  /** What somebody likes is encoded before what is only new. */
  private async encodeSooner(kind: LikedKind, id: string): Promise<void> {
    const trackIds = await tracksOfLiked(this.db, kind, id);
    await this.jobs.raise(
      'transcode.track',
      trackIds.map((trackId) => ({ trackId })),
      PRIORITY.liked,
    );
  }

  private find(kind: LikedKind, ids: readonly string[], visible: Visible): Promise<readonly Liked['item'][]> {
    switch (kind) {
      case 'track':
        return this.tracks.findByIds(ids, visible);
      case 'album':
        return this.albums.findByIds(ids, visible);
      case 'artist':
        return this.artists.findByIds(ids, visible);
    }
  }
}

const idsOf = (rows: readonly Since[]): string[] => rows.map(({ id }) => id);

const notFound = (kind: LikedKind): DomainError =>
  ({
    track: new DomainError('TRACK_NOT_FOUND', 'There is no such track.'),
    album: new DomainError('ALBUM_NOT_FOUND', 'There is no such album.'),
    artist: new DomainError('ARTIST_NOT_FOUND', 'There is no such artist.'),
  })[kind];

/** May hold fewer than asked for: what is not there at the moment, or is not seen any more, is left out. */
const pageOf = <Item extends { readonly id: string }, Entry>(
  rows: readonly Since[],
  limit: number,
  items: readonly Item[],
  toEntry: (item: Item, at: string) => Entry,
): Page<Entry> => {
  const byId = new Map(items.map((item) => [item.id, item]));
  const { items: shown, nextCursor } = toPage(
    rows,
    limit,
    ({ id, at }) => ({ item: byId.get(id), at: at.toISOString() }),
    ({ cursor }) => cursor,
  );
  return {
    items: shown.flatMap(({ item, at }) => (item === undefined ? [] : [toEntry(item, at)])),
    nextCursor,
  };
};
