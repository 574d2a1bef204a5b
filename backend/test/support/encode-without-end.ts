import { encodeRungs } from '../../src/media/encode.js';
import { findFfmpeg } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';

/** Starts an encode whose bytes nobody ever takes, for a test that ends this process without a word. */
const [path = '', count = '1'] = process.argv.slice(2);
await encodeRungs(
  await findFfmpeg(),
  { path, sampleRateHz: 44_100, channels: 2, bitDepth: 16 },
  LADDER.slice(-Number(count)),
  { onChunk: () => new Promise((resolve) => setTimeout(resolve, 600_000)) },
);
