import { describe, expect, it } from '@jest/globals';
import { artworkPrefix, parseMediaPath, queuePrefix, trackPrefix } from './media-path.js';

const ID = '01976b5e-0000-7000-8000-000000000001';
const OTHER = '01976b5e-ffff-7fff-8fff-ffffffffffff';
const VERSION = '0123456789ab';
const rung = { trackId: ID, codec: 'aac', bitrateKbps: 320 };
const key = { ...rung, soundVersion: VERSION };

describe('parseMediaPath', () => {
  it.each([
    ['dash.mpd', { kind: 'dash', trackId: ID }],
    ['original', { kind: 'original', trackId: ID }],
    ['hls/opus.m3u8', { kind: 'hls', trackId: ID, codec: 'opus' }],
    ['hls/aac-320.m3u8', { kind: 'hls-rendition', key: rung }],
    [`${VERSION}/aac-320/init.mp4`, { kind: 'init', key }],
    [`${VERSION}/aac-320/0.m4s`, { kind: 'segment', key, index: 0, full: false }],
    [`${VERSION}/aac-320/full/1234567.m4s`, { kind: 'segment', key, index: 1_234_567, full: true }],
    [
      `${VERSION}/flac-0/7.m4s`,
      { kind: 'segment', key: { ...key, codec: 'flac', bitrateKbps: 0 }, index: 7, full: false },
    ],
  ])('%s', (name, target) => {
    const prefix = trackPrefix(ID);
    expect(parseMediaPath(prefix + name)).toEqual({ prefix, target });
  });

  it('knows pictures of the sizes there are, and no others', () => {
    const prefix = artworkPrefix(ID);
    expect(parseMediaPath(`${prefix}256`)).toEqual({
      prefix,
      target: { kind: 'artwork', artworkId: ID, size: 256 },
    });
    for (const name of ['257', '0256', '256/', '', '256.jpg'])
      expect(parseMediaPath(prefix + name)).toBeUndefined();
  });

  it('reads back the tracks of a queue, in order and as often as they are named', () => {
    const trackIds = [ID, OTHER, ID];
    const prefix = queuePrefix('flac', trackIds);
    expect(parseMediaPath(`${prefix}dash.mpd`)).toEqual({
      prefix,
      target: { kind: 'queue-dash', codec: 'flac', trackIds },
    });
    expect(parseMediaPath(`${queuePrefix('aac', Array(100).fill(ID))}dash.mpd`)?.target).toMatchObject({
      kind: 'queue-dash',
    });
    expect(parseMediaPath(`${queuePrefix('aac', Array(101).fill(ID))}dash.mpd`)).toBeUndefined();
  });

  it.each([
    'aac-320/0.m4s',
    '0123456789a/aac-320/0.m4s',
    '0123456789AB/aac-320/0.m4s',
    '0123456789abc/aac-320/init.mp4',
    `${VERSION}/dash.mpd`,
    `${VERSION}/aac-320/00.m4s`,
    `${VERSION}/aac-0320/0.m4s`,
    `${VERSION}/aac-320/-1.m4s`,
    `${VERSION}/aac-320/12345678.m4s`,
    `${VERSION}/aac-320/0.mp4`,
    `${VERSION}/aac-320//0.m4s`,
    `${VERSION}/aac-320/full/full/0.m4s`,
    `${VERSION}/aac-320/full/init.mp4`,
    `${VERSION}/aac-320/0.m4s/`,
    `${VERSION}/mp3-320/0.m4s`,
    'hls/aac.mpd',
    '../dash.mpd',
    'dash.mpd%00',
    'Dash.mpd',
    '',
  ])('%j names nothing', (name) => {
    expect(parseMediaPath(trackPrefix(ID) + name)).toBeUndefined();
  });

  it.each([
    `/media/${ID.toUpperCase()}/dash.mpd`,
    `/media/${ID}`,
    `/media//${ID}/dash.mpd`,
    `/media/../${ID}/dash.mpd`,
    '/media/queue/aac/AAAA/dash.mpd',
    '/media/queue/aac//dash.mpd',
    `${queuePrefix('aac', [ID]).slice(0, -2)}B/dash.mpd`,
    `/x${trackPrefix(ID)}dash.mpd`,
  ])('%j names nothing', (path) => {
    expect(parseMediaPath(path)).toBeUndefined();
  });
});
