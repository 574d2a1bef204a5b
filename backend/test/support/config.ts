import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.js';

/** A configuration as the defaults give it, with a data folder of its own. */
export const testConfig = (change: Partial<Config> = {}): Config => ({
  role: 'all',
  music: [],
  dataDir: mkdtempSync(join(tmpdir(), 'kanade-test-data-')),
  host: '127.0.0.1',
  port: 0,
  tls: null,
  publicUrl: null,
  trustedProxies: [],
  ladder: 'smart',
  renditionQuotaBytes: null,
  segmentCacheBytes: 1 << 20,
  admin: null,
  databaseUrl: null,
  ffmpegPath: null,
  ffprobePath: null,
  logLevel: 'error',
  ...change,
});
