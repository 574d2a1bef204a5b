import { describe, expect, it } from '@jest/globals';
import { FAKE_TRACK_ID, FAKE_VERSION, fakeSource } from '../../test/support/fake-source.js';
import type { Rendition } from '../transcode/rendition.js';
import type { TrackSource } from '../transcode/source.repository.js';
import { dashManifest } from './dash-manifest.js';
import { hlsMultivariant, hlsPlaylist } from './hls-manifest.js';
import { manifestTrack, offeredCodecs, peakBoundKbps, type ManifestTrack } from './manifest-track.js';
import { queueItems } from './queue-items.js';

const ID = FAKE_TRACK_ID;
const QUERY = 'h=u&e=1&k=00000000&s=x';
const BASE = `/media/${ID}/`;
const VERSION = FAKE_VERSION;
const SEGMENTS = `${BASE}${VERSION}/`;

const ready = (change: Partial<Rendition>): Rendition => ({
  id: 'r',
  trackId: ID,
  codec: 'opus',
  bitrateKbps: 96,
  chunk: 0,
  chunks: 1,
  state: 'ready',
  sampleRateHz: 48_000,
  sampleCount: 6_594_003,
  initBytes: 693,
  segmentBytes: [],
  segmentSamples: [],
  sizeBytes: 1_700_000,
  peakKbps: 117,
  storageKey: 'k',
  draftPath: null,
  error: null,
  wantedAt: null,
  soundVersion: VERSION,
  ...change,
});

const track = (renditions: readonly Rendition[] = [], change: Partial<TrackSource> = {}): ManifestTrack => {
  const of = fakeSource(change);
  return manifestTrack(of, offeredCodecs(of.lossless), renditions, QUERY);
};
const setOf = (of: ManifestTrack, codec: string) => {
  const set = of.codecs.find((each) => each.codec === codec);
  if (set === undefined) throw new Error(`no ${codec}`);
  return set;
};
const allMatches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

describe('dashManifest', () => {
  const text = dashManifest([track()]);

  it('is static, as long as the music to the sample, and has one set a codec', () => {
    expect(text).toContain('type="static"');
    const [whole] = allMatches(text, /mediaPresentationDuration="PT([\d.]+)S"/g);
    expect(Math.abs(Number(whole) - 6_594_003 / 48_000)).toBeLessThan(1e-8);
    expect(allMatches(text, /<AdaptationSet [^>]*codecs="([^"]+)"/g)).toEqual(['opus', 'mp4a.40.2', 'flac']);
    expect(allMatches(text, /<Representation id="([^"]+)"/g)).toEqual([
      'opus-96',
      'opus-160',
      'opus-320',
      'aac-96',
      'aac-160',
      'aac-320',
      'flac-0',
    ]);
  });

  it('gives times in samples of the presentation, the first segment shorter by the priming', () => {
    expect(text).not.toContain('presentationTimeOffset');
    const timelines = allMatches(text, /<SegmentTimeline>(.*?)<\/SegmentTimeline>/g);
    expect(timelines[0]).toBe('<S t="0" d="191688"/><S d="192000" r="32"/><S d="66315"/>');
    expect(timelines[1]).toBe('<S t="0" d="176128"/><S d="177152" r="32"/><S d="36096"/>');
    expect(timelines[2]).toBe('<S t="0" d="180224" r="32"/><S d="110848"/>');
    const samples = [...(timelines[1] ?? '').matchAll(/d="(\d+)"(?: r="(\d+)")?/g)].reduce(
      (sum, [, duration, repeat]) => sum + Number(duration) * (Number(repeat ?? 0) + 1),
      0,
    );
    expect(samples).toBe(6_058_240);
  });

  it('numbers segments from 0 and carries the signature, escaped', () => {
    const escaped = QUERY.replaceAll('&', '&amp;');
    expect(text).toContain(
      `startNumber="0" initialization="${SEGMENTS}$RepresentationID$/init.mp4?${escaped}" media="${SEGMENTS}$RepresentationID$/$Number$.m4s?${escaped}"`,
    );
    expect(text.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
  });

  it('says the measured peak where there is one, and a bound where not', () => {
    const predicted = setOf(track(), 'opus').timeline.mediaSamples;
    const mpd = dashManifest([track([ready({ segmentSamples: predicted })])]);
    expect(mpd).toContain('id="opus-96" bandwidth="117000"');
    expect(mpd).toContain('id="opus-160" bandwidth="220000"');
    expect(mpd).toContain('id="flac-0" bandwidth="1416000"');
  });

  it('a rendition that is not as predicted gives its timeline to those of its codec that are still to be made', () => {
    const otherwise = ready({ segmentSamples: [192_000, 191_040, 960] });
    const mpd = dashManifest([track([otherwise])]);
    expect(mpd).toContain('<S t="0" d="191688"/><S d="191040"/><S d="960"/>');
    expect(allMatches(mpd, /<SegmentTemplate (t)/g)).toHaveLength(3);
  });

  it('renditions of one codec that differ each have their own timeline', () => {
    const mpd = dashManifest([
      track([
        ready({ segmentSamples: [192_000, 191_040, 960] }),
        ready({ bitrateKbps: 160, segmentSamples: [192_000, 30_000] }),
      ]),
    ]);
    expect(mpd).toContain('<S t="0" d="191688"/><S d="191040"/><S d="960"/>');
    expect(mpd).toContain('<S t="0" d="191688"/><S d="30000"/>');
    expect(allMatches(mpd, /<SegmentTemplate (t)/g)).toHaveLength(4);
  });

  it('a rendition that is not ready yet says nothing of itself', () => {
    const mpd = dashManifest([track([ready({ state: 'encoding', segmentSamples: [192_000], peakKbps: 1 })])]);
    expect(mpd).toBe(text);
  });

  it('a queue has a period a track, each beginning where the one before ends', () => {
    const short = { ...track([], { sampleCount: 44_100 }) };
    const mpd = dashManifest([short, track(), short]);
    const starts = allMatches(mpd, /<Period id="\d+" start="PT([\d.]+)S"/g).map(Number);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeCloseTo(1, 8);
    expect(starts[2]).toBeCloseTo(1 + 6_594_003 / 48_000, 8);
  });
});

describe('HLS playlists', () => {
  it('the multivariant one holds the rungs of one codec with their peaks', () => {
    const of = track([ready({ segmentSamples: [138 * 48_000] })]);
    expect(hlsMultivariant(of, setOf(of, 'opus')).split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-STREAM-INF:BANDWIDTH=117000,AVERAGE-BANDWIDTH=99000,CODECS="Opus"',
      `${BASE}hls/opus-96.m3u8?${QUERY}`,
      '#EXT-X-STREAM-INF:BANDWIDTH=220000,CODECS="Opus"',
      `${BASE}hls/opus-160.m3u8?${QUERY}`,
      '#EXT-X-STREAM-INF:BANDWIDTH=436000,CODECS="Opus"',
      `${BASE}hls/opus-320.m3u8?${QUERY}`,
      '',
    ]);
    expect(hlsMultivariant(of, setOf(of, 'aac'))).toContain('CODECS="mp4a.40.2"');
    expect(hlsMultivariant(of, setOf(of, 'flac'))).toContain('CODECS="fLaC"');
  });

  it('the one of a rung names every segment with its exact length', () => {
    const of = track([], { sampleCount: 300_000 });
    expect(hlsPlaylist(of, setOf(of, 'aac'), 96)?.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:4',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      `#EXT-X-MAP:URI="${SEGMENTS}aac-96/init.mp4?${QUERY}"`,
      `#EXTINF:${(176_128 / 44_100).toFixed(9)},`,
      `${SEGMENTS}aac-96/0.m4s?${QUERY}`,
      `#EXTINF:${((300_000 - 176_128) / 44_100).toFixed(9)},`,
      `${SEGMENTS}aac-96/1.m4s?${QUERY}`,
      '#EXT-X-ENDLIST',
      '',
    ]);
    expect(hlsPlaylist(of, setOf(of, 'aac'), 97)).toBeUndefined();
  });

  it('no segment is longer than the target, rounded as the standard rounds', () => {
    for (const sampleRateHz of [8_000, 22_050, 44_100, 48_000, 96_000, 192_000]) {
      const of = track([], { sampleRateHz });
      for (const set of of.codecs) {
        const text = hlsPlaylist(of, set, set.rungs[0]?.bitrateKbps ?? -1) ?? '';
        const target = Number(/TARGETDURATION:(\d+)/.exec(text)?.[1]);
        const longest = Math.max(...allMatches(text, /#EXTINF:([\d.]+),/g).map(Number));
        expect(Math.round(longest)).toBe(target);
      }
    }
  });
});

describe('peakBoundKbps', () => {
  it('FLAC is never larger than the samples themselves', () => {
    expect(peakBoundKbps('flac', 0, fakeSource({ bitDepth: 24, sampleRateHz: 96_000 }))).toBe(4608 + 4);
    expect(peakBoundKbps('flac', 0, fakeSource({ bitDepth: null, lossless: false }))).toBe(1412 + 4);
  });
});

describe('queueItems', () => {
  const item = (change: Partial<TrackSource> = {}, renditions: readonly Rendition[] = []) => {
    const of = fakeSource(change);
    return { source: of, manifest: manifestTrack(of, ['opus'], renditions, QUERY) };
  };

  it('places each item where the one before ends, without adding up rounded times', () => {
    const items = queueItems(Array.from({ length: 50 }, () => item({ sampleCount: 44_123 })));
    const exact = Math.round((44_123 * 48_000) / 44_100) / 48_000;
    for (const [index, each] of items.entries())
      expect(Math.abs(each.startMs - index * exact * 1000)).toBeLessThanOrEqual(0.5001);
  });

  it('gives URLs whose last segment has its whole frame', () => {
    expect(queueItems([item()])[0]).toMatchObject({
      trackId: ID,
      startMs: 0,
      durationMs: 137_375,
      sampleRateHz: 48_000,
      samples: 6_594_003,
      primingSamples: 312,
      frameSamples: 960,
      leadSamples: 960,
      segmentCount: 35,
      samplesPerSegment: 192_000,
      segmentSamples: null,
      gainDb: -8,
    });
    expect(queueItems([item()])[0]?.rungs[0]).toEqual({
      bitrateKbps: 96,
      init: `${SEGMENTS}opus-96/init.mp4?${QUERY}`,
      segments: `${SEGMENTS}opus-96/full/$Number$.m4s?${QUERY}`,
    });
  });

  it('tells the segments of an encoding that is not as predicted', () => {
    const odd = item({}, [ready({ segmentSamples: [192_000, 191_040] })]);
    expect(queueItems([odd])[0]).toMatchObject({
      samples: 192_000 + 191_040 - 312,
      segmentCount: 2,
      samplesPerSegment: 192_000,
      segmentSamples: null,
    });
    const uneven = item({}, [ready({ segmentSamples: [192_000, 191_040, 192_000] })]);
    expect(queueItems([uneven])[0]).toMatchObject({ segmentSamples: [192_000, 191_040, 192_000] });
  });
});
