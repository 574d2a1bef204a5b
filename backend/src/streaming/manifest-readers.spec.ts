import { describe, expect, it } from '@jest/globals';
import hls from 'hls-parser';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { fakeSource } from '../../test/support/fake-source.js';
import type { Codec } from '../media/ladder.js';
import { shownSegments } from '../transcode/short-track.js';
import { totalSamples } from '../transcode/timeline.js';
import { dashManifest } from './dash-manifest.js';
import { hlsMultivariant, hlsPlaylist } from './hls-manifest.js';
import { manifestTrack, offeredCodecs, type ManifestTrack } from './manifest-track.js';

/** ISO's schema of 23009-1 may be used, and not be given on: it lies beside this project where it is at hand. */
const SCHEMA = join(import.meta.dirname, '../../../../shared/data/dash-schema/DASH-MPD.xsd');
const hasSchema = existsSync(SCHEMA);

/** The four attributes of XLink that the schema of MPDs refers to, in words of our own. */
const XLINK = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">
  <xs:attribute name="href" type="xs:anyURI"/><xs:attribute name="type" type="xs:string"/>
  <xs:attribute name="show" type="xs:string"/><xs:attribute name="actuate" type="xs:string"/></xs:schema>`;

const QUERY = 'h=u&e=1&k=00000000&s=x';
const track = (sampleRateHz: number, sampleCount: number, codec?: Codec): ManifestTrack => {
  const source = fakeSource({ sampleRateHz, sampleCount });
  return manifestTrack(source, codec === undefined ? offeredCodecs(true) : [codec], [], QUERY);
};

const MANIFESTS: readonly (readonly [string, readonly ManifestTrack[]])[] = [
  ['a song', [track(44_100, 6_058_240)]],
  ['one sample', [track(44_100, 1)]],
  ['ten hours', [track(8_000, 288_000_000)]],
  ['a recording at 192 kHz', [track(192_000, 1_000_001)]],
  ...(['opus', 'aac', 'flac'] as const).map(
    (codec) =>
      [
        `a queue of four in ${codec}`,
        [44_100, 48_000, 96_000, 22_050].map((rate) => track(rate, rate * 9 + 5, codec)),
      ] as const,
  ),
];

describe('an MPD', () => {
  it.each(MANIFESTS)('of %s is well-formed XML', async (_what, tracks) => {
    const read = await validateXML({ xml: dashManifest(tracks), normalization: 'c14n' });
    expect(read.errors).toEqual([]);
    expect(read.normalized).toContain('<MPD ');
  });

  (hasSchema ? it : it.skip).each(MANIFESTS)(
    'of %s is valid by the schema of DASH (skipped where there is no ../shared/data/dash-schema)',
    async (_what, tracks) => {
      const schema = readFileSync(SCHEMA, 'utf8').replace(
        /schemaLocation="[^"]*xlink.xsd"/,
        'schemaLocation="xlink.xsd"',
      );
      const read = await validateXML({
        xml: dashManifest(tracks),
        schema,
        preload: { fileName: 'xlink.xsd', contents: XLINK },
      });
      expect(read.errors.map(({ message }) => message)).toEqual([]);
      expect(read.valid).toBe(true);
    },
  );
});

describe('HLS playlists, read by a parser that forgives nothing', () => {
  hls.setOptions({ strictMode: true });
  const cases = MANIFESTS.flatMap(([what, tracks]) =>
    tracks.flatMap((of) => of.codecs.map((set) => [what, set.codec, of, set] as const)),
  );

  it.each(cases)('of %s in %s', (_what, codec, of, set) => {
    const master = hls.parse(hlsMultivariant(of, set));
    if (!master.isMasterPlaylist) throw new Error('it names no rungs');
    expect(master.variants.map(({ uri }) => uri)).toHaveLength(set.rungs.length);
    expect(master.variants.map((each) => each.codecs)).toEqual(
      set.rungs.map(() => ({ aac: 'mp4a.40.2', opus: 'Opus', flac: 'fLaC' })[codec]),
    );
    for (const { bitrateKbps } of set.rungs) {
      const list = hls.parse(hlsPlaylist(of, set, bitrateKbps) ?? '');
      if (list.isMasterPlaylist) throw new Error('it names no segments');
      expect(list.endlist).toBe(true);
      expect(list.playlistType).toBe('VOD');
      expect(list.segments).toHaveLength(set.timeline.mediaSamples.length);
      expect(list.segments[0]?.map?.uri).toContain('/init.mp4?');
      const seconds = list.segments.reduce((sum, { duration }) => sum + duration, 0);
      expect(
        Math.abs(seconds - totalSamples(shownSegments(set.timeline)) / set.timeline.sampleRateHz),
      ).toBeLessThan(1e-4);
      for (const { duration } of list.segments)
        expect(Math.round(duration)).toBeLessThanOrEqual(list.targetDuration);
    }
  });
});
