import { WHOLE_FILE } from '../../src/media/source-range.js';
import type { TrackSource } from '../../src/transcode/source.repository.js';

export const FAKE_TRACK_ID = '01976b5e-0000-7000-8000-000000000001';
export const FAKE_VERSION = '0123456789ab';

/** A measured track, as suites of pure functions speak of one. */
export const fakeSource = (change: Partial<TrackSource> = {}): TrackSource => ({
  trackId: FAKE_TRACK_ID,
  soundVersion: FAKE_VERSION,
  path: Buffer.from('/music/a.flac'),
  sizeBytes: 1,
  container: 'flac',
  range: WHOLE_FILE,
  sampleRateHz: 44_100,
  sampleCount: 6_058_240,
  channels: 2,
  bitDepth: 16,
  lossless: true,
  changesForm: false,
  integratedLufs: -10,
  truePeakDbtp: 0,
  ...change,
});
