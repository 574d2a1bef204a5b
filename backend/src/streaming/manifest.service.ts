import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import type { Codec } from '../media/ladder.js';
import { requireMeasured } from '../transcode/source.repository.js';
import { dashManifest } from './dash-manifest.js';
import { GrantedTracks } from './granted-tracks.js';
import { hlsMultivariant, hlsPlaylist } from './hls-manifest.js';
import { manifestTrack, offeredCodecs, type ManifestTrack } from './manifest-track.js';
import { trackPrefix } from './media-path.js';
import { signedQuery, type MediaPermit, type SigningKey } from './signing.js';

export const SIGNING_KEY = Symbol('kanade:signing-key');

/** Manifests as text, from rows alone: nothing needs to be encoded yet. */
@Injectable()
export class ManifestService {
  constructor(
    private readonly granted: GrantedTracks,
    @Inject(SIGNING_KEY) private readonly key: SigningKey,
  ) {}

  async dash(trackId: string, permit: MediaPermit): Promise<string> {
    return dashManifest(await this.tracks([trackId], null, permit));
  }

  async queue(trackIds: readonly string[], codec: Codec, permit: MediaPermit): Promise<string> {
    return dashManifest(await this.tracks(trackIds, codec, permit));
  }

  /** The multivariant playlist, or with a bitrate that rung's own. */
  async hls(trackId: string, codec: Codec, bitrateKbps: number | null, permit: MediaPermit): Promise<string> {
    const [track] = await this.tracks([trackId], codec, permit);
    const [set] = track?.codecs ?? [];
    const text =
      track === undefined || set === undefined
        ? undefined
        : bitrateKbps === null
          ? hlsMultivariant(track, set)
          : hlsPlaylist(track, set, bitrateKbps);
    if (text === undefined) throw new DomainError('SEGMENT_NOT_FOUND', 'There is no such playlist.');
    return text;
  }

  /** In the order asked for, a track as often as it is named; without a codec, all that a track offers by itself. */
  async tracks(
    trackIds: readonly string[],
    codec: Codec | null,
    permit: Pick<MediaPermit, 'holder' | 'expiresAtSeconds'>,
  ): Promise<readonly ManifestTrack[]> {
    const found = await this.granted.find(trackIds);
    const renditions = await this.granted.renditionsOf(trackIds);
    return trackIds.map((trackId) => {
      const source = requireMeasured(trackId, found.get(trackId));
      const query = signedQuery(this.key, { ...permit, prefix: trackPrefix(trackId) });
      const codecs = codec === null ? offeredCodecs(source.lossless) : [codec];
      return manifestTrack(source, codecs, renditions, query);
    });
  }
}
