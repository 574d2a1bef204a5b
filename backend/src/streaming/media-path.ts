import { ARTWORK_SIZES, type ArtworkSize } from '../media/artwork-sizes.js';
import type { Codec } from '../media/ladder.js';
import type { RenditionKey, VersionedKey } from '../transcode/rendition.js';

/** What a path below /media names. */
export type MediaTarget =
  | { readonly kind: 'dash'; readonly trackId: string }
  | { readonly kind: 'hls'; readonly trackId: string; readonly codec: Codec }
  | { readonly kind: 'hls-rendition'; readonly key: RenditionKey }
  | { readonly kind: 'original'; readonly trackId: string }
  | { readonly kind: 'init'; readonly key: VersionedKey }
  /** `full`: the last frame of the last segment is whole, as a gapless queue needs it. */
  | { readonly kind: 'segment'; readonly key: VersionedKey; readonly index: number; readonly full: boolean }
  | { readonly kind: 'queue-dash'; readonly codec: Codec; readonly trackIds: readonly string[] }
  | { readonly kind: 'artwork'; readonly artworkId: string; readonly size: ArtworkSize };

/** A target and the prefix that its signature must cover. */
export interface MediaPath {
  readonly prefix: string;
  readonly target: MediaTarget;
}

export const MEDIA_ROOT = '/media/';
export const MAX_QUEUE_TRACKS = 100;

export const trackPrefix = (trackId: string): string => `${MEDIA_ROOT}${trackId}/`;
/** Pictures for those who have neither cookie nor key. */
export const artworkPrefix = (artworkId: string): string => `${MEDIA_ROOT}artwork/${artworkId}/`;
/** Segments are kept for a year by whoever caches them: what they are made from stands in their path. */
export const segmentPrefix = ({
  trackId,
  soundVersion,
}: Pick<VersionedKey, 'trackId' | 'soundVersion'>): string => `${trackPrefix(trackId)}${soundVersion}/`;
export const renditionName = (key: Pick<RenditionKey, 'codec' | 'bitrateKbps'>): string =>
  `${key.codec}-${key.bitrateKbps}`;

/** The track ids stand in the path itself (16 bytes each), so that any API process can answer without a memory. */
export const queuePrefix = (codec: Codec, trackIds: readonly string[]): string => {
  const bytes = Buffer.from(trackIds.map((id) => id.replaceAll('-', '')).join(''), 'hex');
  return `${MEDIA_ROOT}queue/${codec}/${bytes.toString('base64url')}/`;
};

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const CODEC = '(?:aac|opus|flac)';
const VERSION = '([0-9a-f]{12})';
const NUMBER = '(?:0|[1-9][0-9]{0,6})';
const TRACK = new RegExp(`^(/media/(${ID})/)(.+)$`);
const QUEUE = new RegExp(`^(/media/queue/(${CODEC})/([A-Za-z0-9_-]{1,2200})/)dash\\.mpd$`);
const ARTWORK = new RegExp(`^(/media/artwork/(${ID})/)(${NUMBER})$`);
const HLS = new RegExp(`^hls/(${CODEC})\\.m3u8$`);
const HLS_RENDITION = new RegExp(`^hls/(${CODEC})-(${NUMBER})\\.m3u8$`);
const INIT = new RegExp(`^${VERSION}/(${CODEC})-(${NUMBER})/init\\.mp4$`);
const SEGMENT = new RegExp(`^${VERSION}/(${CODEC})-(${NUMBER})/(full/)?(${NUMBER})\\.m4s$`);

/** Each target has one spelling: another one is no path at all, so nothing can be signed as one and read as another. */
export const parseMediaPath = (path: string): MediaPath | undefined => {
  const [, prefix, trackId, rest] = TRACK.exec(path) ?? [];
  if (prefix === undefined || trackId === undefined || rest === undefined)
    return artworkTarget(path) ?? queueTarget(path);
  const target = trackTarget(trackId, rest);
  return target === undefined ? undefined : { prefix, target };
};

const trackTarget = (trackId: string, rest: string): MediaTarget | undefined => {
  if (rest === 'dash.mpd') return { kind: 'dash', trackId };
  if (rest === 'original') return { kind: 'original', trackId };
  const master = codecOf(HLS.exec(rest)?.[1]);
  if (master !== undefined) return { kind: 'hls', trackId, codec: master };
  const [, playlistCodec, playlistKbps] = HLS_RENDITION.exec(rest) ?? [];
  const playlist = keyOf(trackId, playlistCodec, playlistKbps);
  if (playlist !== undefined) return { kind: 'hls-rendition', key: playlist };
  const init = versionedKeyOf(trackId, INIT.exec(rest));
  if (init !== undefined) return { kind: 'init', key: init };
  const match = SEGMENT.exec(rest);
  const key = versionedKeyOf(trackId, match);
  return key === undefined
    ? undefined
    : { kind: 'segment', key, index: Number(match?.[5]), full: match?.[4] !== undefined };
};

const artworkTarget = (path: string): MediaPath | undefined => {
  const [, prefix, artworkId, wished] = ARTWORK.exec(path) ?? [];
  const size = ARTWORK_SIZES.find((each) => each === Number(wished));
  return prefix === undefined || artworkId === undefined || size === undefined
    ? undefined
    : { prefix, target: { kind: 'artwork', artworkId, size } };
};

const queueTarget = (path: string): MediaPath | undefined => {
  const [, prefix, name, ids] = QUEUE.exec(path) ?? [];
  const codec = codecOf(name);
  if (prefix === undefined || ids === undefined || codec === undefined) return undefined;
  const hex = Buffer.from(ids, 'base64url').toString('hex');
  const trackIds = hex
    .match(/.{32}/g)
    ?.map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  if (trackIds === undefined || trackIds.length > MAX_QUEUE_TRACKS) return undefined;
  return queuePrefix(codec, trackIds) === prefix
    ? { prefix, target: { kind: 'queue-dash', codec, trackIds } }
    : undefined;
};

const codecOf = (name: string | undefined): Codec | undefined =>
  name === 'aac' || name === 'opus' || name === 'flac' ? name : undefined;

const keyOf = (
  trackId: string,
  name: string | undefined,
  kbps: string | undefined,
): RenditionKey | undefined => {
  const codec = codecOf(name);
  return codec === undefined ? undefined : { trackId, codec, bitrateKbps: Number(kbps) };
};

const versionedKeyOf = (trackId: string, match: RegExpExecArray | null): VersionedKey | undefined => {
  const [, soundVersion, name, kbps] = match ?? [];
  const key = keyOf(trackId, name, kbps);
  return key === undefined || soundVersion === undefined ? undefined : { ...key, soundVersion };
};
