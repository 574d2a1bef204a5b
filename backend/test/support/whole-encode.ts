import { encodeRungs } from '../../src/media/encode.js';
import { measure, type TrackFacts } from '../../src/media/facts.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER, type Rung } from '../../src/media/ladder.js';
import { FragmentIndexer } from '../../src/transcode/fragment-indexer.js';
import { SegmentJoiner, type Piece } from '../../src/transcode/segment-joiner.js';
import { predictedTimeline } from '../../src/transcode/timeline.js';

/** One rung a codec: where a codec is cut does not depend on its bitrate. */
export const A_RUNG_A_CODEC: readonly Rung[] = LADDER.filter(({ name }) =>
  ['aac-96', 'opus-96', 'flac-0'].includes(name),
);

export interface WholeEncode {
  readonly rung: Rung;
  readonly file: Buffer;
  /** Samples of each segment: as computed before, and as they came to be. */
  readonly predicted: readonly number[];
  readonly real: readonly number[];
}

/** A file measured and encoded as the service would, without a database. */
export async function encodeWhole(
  tools: FfmpegTools,
  path: string,
  rungs: readonly Rung[] = A_RUNG_A_CODEC,
): Promise<{ readonly facts: TrackFacts; readonly encodes: readonly WholeEncode[] }> {
  const facts = await measure(tools, path);
  const pieces = new Map(rungs.map((rung) => [rung, [] as Buffer[]]));
  const source = { ...facts, path, bitDepth: facts.lossless ? facts.bitDepth : null };
  await encodeRungs(tools, source, rungs, {
    onChunk: (rung, chunk) => void pieces.get(rung)?.push(Buffer.from(chunk)),
  });
  const encodes = rungs.map((rung) => {
    const timeline = predictedTimeline(rung.codec, facts);
    const indexer = new FragmentIndexer();
    const joiner = new SegmentJoiner(timeline);
    const segments: Piece[] = [];
    for (const chunk of pieces.get(rung) ?? [])
      for (const part of indexer.push(chunk))
        if (part.kind === 'fragment')
          segments.push(...joiner.push({ bytes: part.bytes.length, samples: part.samples }));
    indexer.end();
    segments.push(...joiner.close());
    return {
      rung,
      file: Buffer.concat(pieces.get(rung) ?? []),
      predicted: timeline.mediaSamples,
      real: segments.map(({ samples }) => samples),
    };
  });
  return { facts, encodes };
}
