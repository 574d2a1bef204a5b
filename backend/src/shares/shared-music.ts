import { Injectable } from '@nestjs/common';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import { decodeCursor, encodeCursor, type PageQuery } from '../common/page.js';
import type { Visible } from '../libraries/seen.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { GrantService } from '../streaming/grant.service.js';
import type { QueueBody, QueueGrantDto } from '../streaming/playback.dto.js';
import { shareHolder } from '../streaming/share-holder.js';
import { jointHolder } from '../users/revocations.js';
import { SharedItems, type SharedItem } from './shared-items.js';
import { shareNotFound, type OpenShare } from './share.repository.js';
import type { SharedMusic, SharedTrack } from './shares.dto.js';

const CURSOR = 'shared';

/** How many tracks a cursor of this share has left behind. @throws DomainError INVALID_CURSOR */
const startOf = (share: OpenShare, cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [list, id, at] = decodeCursor(cursor, 3);
  if (list !== CURSOR || id !== share.id || !Number.isSafeInteger(at) || Number(at) < 0)
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  return Number(at);
};

/** What is heard through a share: never more than its maker sees at that moment. */
@Injectable()
export class SharedMusicService {
  constructor(
    private readonly items: SharedItems,
    private readonly tracks: TrackReads,
    private readonly libraries: VisibleLibraries,
    private readonly grants: GrantService,
  ) {}

  /** @param listener in whose name somebody who is signed in listens. @throws DomainError SHARE_NOT_FOUND */
  async look(share: OpenShare, { limit, cursor }: PageQuery, listener: string | null): Promise<SharedMusic> {
    const start = startOf(share, cursor);
    const { item, visible } = await this.seen(share);
    const shown = await this.tracks.findByIds(item.trackIds.slice(start, start + limit), visible);
    const isLast = start + limit >= item.trackIds.length;
    const { artwork } = item;
    return {
      kind: share.kind,
      title: item.title,
      artists: [...item.artists],
      artwork: artwork && {
        url: this.grants.picture(artwork.id, holderOf(share, listener), share.expiresAt),
        color: artwork.color,
        placeholder: artwork.placeholder,
        width: artwork.width,
        height: artwork.height,
      },
      trackCount: item.trackIds.length,
      expiresAt: share.expiresAt.toISOString(),
      items: shown.map(({ id, title, durationMs, artists, album }): SharedTrack => ({
        id,
        title,
        durationMs,
        artists: artists.map(({ name }) => name),
        album: album.title,
      })),
      nextCursor: isLast ? null : encodeCursor([CURSOR, share.id, start + limit]),
    };
  }

  /** @throws DomainError SHARE_NOT_FOUND, TRACK_NOT_FOUND for what is not in it, and as a grant does */
  async play(
    share: OpenShare,
    { trackIds, codec }: QueueBody,
    listener: string | null,
  ): Promise<QueueGrantDto> {
    const { item, visible } = await this.seen(share);
    const shared = new Set(item.trackIds);
    if (!trackIds.every((id) => shared.has(id)))
      throw new DomainError('TRACK_NOT_FOUND', 'There is no such track.', { field: 'trackIds' });
    return this.grants.queue(trackIds, codec, holderOf(share, listener), visible, share.expiresAt);
  }

  private async seen(share: OpenShare): Promise<{ readonly item: SharedItem; readonly visible: Visible }> {
    const visible = await this.libraries.of({ userId: share.makerId, role: share.makerRole });
    const item = await this.items.find(share, visible);
    if (item === undefined || item.trackIds.length === 0) throw shareNotFound();
    return { item, visible };
  }
}

const holderOf = ({ makerId, id }: OpenShare, listener: string | null): string => {
  const holder = shareHolder(makerId, id);
  return listener === null ? holder : jointHolder(holder, listener);
};
