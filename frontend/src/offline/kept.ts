import type { TrackSummary } from '../api/client';
import type { StreamCodec } from '../player/codec-choice';
import type { GrantedItem } from '../player/queue-timeline';

/** What a track's sound is kept as: the numbers that its place on a timeline follows from, and which rendition it is. */
export interface KeptTrack {
  readonly trackId: string;
  /** Names the sound, as in the addresses of its segments. */
  readonly version: string;
  readonly codec: StreamCodec;
  readonly bitrateKbps: number;
  /** Without the addresses that it was granted with. */
  readonly item: GrantedItem;
  /** Every part of it is there. Nothing else is listed as kept. */
  readonly whole: boolean;
  readonly sizeBytes: number;
}

export type CollectionKind = 'album' | 'playlist' | 'likes' | 'track';

/** Something that the listener wants to have: what is in it follows what is in it on the server. */
export interface Collection {
  readonly kind: CollectionKind;
  /** Of the album, playlist or track; `likes` for those. */
  readonly id: string;
  readonly title: string;
  readonly tracks: readonly TrackSummary[];
  readonly addedAt: number;
}

/** One part of a track, which only this browser can read. */
export interface SealedPart {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** Stands where a segment has its number. */
export const INIT_PART = -1;
