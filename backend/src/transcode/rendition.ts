import { LADDER, type Codec, type Rung } from '../media/ladder.js';

/** One rung of one track. */
export interface RenditionKey {
  readonly trackId: string;
  readonly codec: Codec;
  /** 0 for FLAC, which takes what it needs. */
  readonly bitrateKbps: number;
}

/** One chunk of a rung: of a long track there are many, of any other one (chunks.ts). */
export interface ChunkPlace {
  readonly chunk: number;
  /** How many the rung has. */
  readonly chunks: number;
}

/** One rung of one sound: what the URL of a segment names. A track whose file holds other music is another sound. */
export interface VersionedKey extends RenditionKey {
  /** See soundVersion in source.repository.ts; '' while the sound is not measured. */
  readonly soundVersion: string;
}

export type RenditionState = 'queued' | 'encoding' | 'ready' | 'failed' | 'evicted';

/** A row: a rung of a track, or of a long one a chunk of it. */
export interface Rendition extends VersionedKey, ChunkPlace {
  readonly id: string;
  readonly state: RenditionState;
  readonly sampleRateHz: number;
  /** Of the whole rung; predicted until it is ready, then as encoded. */
  readonly sampleCount: number;
  readonly initBytes: number | null;
  /** Grow while it is being encoded; offsets are sums from initBytes on. */
  readonly segmentBytes: readonly number[];
  readonly segmentSamples: readonly number[];
  readonly sizeBytes: number | null;
  readonly peakKbps: number | null;
  readonly storageKey: string | null;
  /** The file that grows, on the machine that encodes. */
  readonly draftPath: string | null;
  readonly error: string | null;
  /** When somebody last came to wait for it, in microseconds since 1970; null when they have all gone. */
  readonly wantedAt: number | null;
}

/** A rendition that this worker may encode; the fence rises with each claim, so a late writer is refused. */
export interface ClaimedRendition extends RenditionKey, ChunkPlace {
  readonly id: string;
  readonly fence: string;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
}

export const rungOf = (key: Pick<RenditionKey, 'codec' | 'bitrateKbps'>): Rung | undefined =>
  LADDER.find((rung) => rung.codec === key.codec && rung.bitrateKbps === key.bitrateKbps);

export const rungsOf = (codec: Codec): readonly Rung[] => LADDER.filter((rung) => rung.codec === codec);

export const RENDITION_PREFIX = 'renditions/';

/**
 * A name of its own for each claim of each row, since files are kept open by name: one that is made anew never takes
 * the place of another. Ids made in one moment begin alike and end at random: the end spreads the folders evenly.
 */
export const storageKeyOf = ({ id, trackId, codec, bitrateKbps, fence }: ClaimedRendition): string =>
  `${RENDITION_PREFIX}${trackId.slice(-2)}/${trackId}/${codec}-${bitrateKbps}.${id}.${fence}.mp4`;

/** The track that such a key names; '' in none of ours. */
export const trackOfStorageKey = (key: string): string => key.split('/')[2] ?? '';

/** Bytes of a file before segment `index`; -1 stands for the init part. */
export const segmentOffset = (initBytes: number, segmentBytes: readonly number[], index: number): number =>
  segmentBytes.slice(0, Math.max(index, 0)).reduce((sum, bytes) => sum + bytes, index < 0 ? 0 : initBytes);
