import type { StreamCodec } from '../player/codec-choice';
import { INIT_PART, type KeptTrack } from './kept';
import type { GrantedItem } from '../player/queue-timeline';

export const KEPT_SCHEME = 'kanade-offline';

type Rendition = Pick<KeptTrack, 'trackId' | 'version' | 'codec' | 'bitrateKbps'>;

/** As on the server below `/media/`, so that whoever reads a rung off an address reads it off these, too. */
export const renditionPath = ({ trackId, version, codec, bitrateKbps }: Rendition): string =>
  `/media/${trackId}/${version}/${codec}-${bitrateKbps}/`;

/** What a part is sealed for. */
export const partPlace = (rendition: Rendition, number: number): string =>
  `${renditionPath(rendition)}${number === INIT_PART ? 'init.mp4' : `full/${number}.m4s`}`;

/** As the server would grant it, but for where it lies. */
export const keptItem = (track: KeptTrack): GrantedItem => {
  const base = `${KEPT_SCHEME}:${renditionPath(track)}`;
  const rung = {
    bitrateKbps: track.bitrateKbps,
    init: `${base}init.mp4`,
    segments: `${base}full/$Number$.m4s`,
  };
  return { ...track.item, rungs: [rung] };
};

const ADDRESS =
  /\/media\/([0-9a-f-]{36})\/([0-9a-f]*)\/(opus|aac|flac)-(\d+)\/(?:init\.mp4|full\/(\d+)\.m4s)(?:\?|$)/;

const codecOf = (name: string | undefined): StreamCodec | null =>
  name === 'opus' || name === 'aac' || name === 'flac' ? name : null;

/** Which part lies at an address, of ours or of the server. */
export const partAt = (
  address: string,
): { readonly rendition: Rendition; readonly number: number } | null => {
  const [, trackId, version, name, kbps, number] = ADDRESS.exec(address) ?? [];
  const codec = codecOf(name);
  if (trackId === undefined || version === undefined || codec === null) return null;
  const rendition = { trackId, version, codec, bitrateKbps: Number(kbps) };
  return { rendition, number: number === undefined ? INIT_PART : Number(number) };
};

export const isSameRendition = (one: Rendition, other: Rendition): boolean =>
  renditionPath(one) === renditionPath(other);
