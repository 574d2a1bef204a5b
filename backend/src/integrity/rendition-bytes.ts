import { createHash } from 'node:crypto';
import { errorMessage } from '../common/error-code.js';
import { FRAMING, type Codec } from '../media/ladder.js';
import type { ObjectStore } from '../storage/object-store.js';
import { chunkOf } from '../transcode/chunks.js';
import { FragmentIndexer } from '../transcode/fragment-indexer.js';
import { SegmentJoiner, type Piece } from '../transcode/segment-joiner.js';
import { sameSegments, timelineOf } from '../transcode/timeline.js';

export interface ReadyRendition {
  readonly id: string;
  readonly trackId: string;
  readonly codec: Codec;
  readonly bitrateKbps: number;
  readonly chunk: number;
  readonly chunks: number;
  readonly storageKey: string;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  readonly initBytes: number;
  readonly segmentBytes: readonly number[];
  readonly segmentSamples: readonly number[];
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly fence: string;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Pure: what the row itself gets wrong. */
export const tableProblem = (row: ReadyRendition): string | null => {
  const { segmentBytes, segmentSamples, initBytes, sizeBytes } = row;
  if (segmentBytes.length === 0 || segmentBytes.length !== segmentSamples.length)
    return `its table has ${segmentBytes.length} sizes and ${segmentSamples.length} lengths of segments`;
  const promised = initBytes + sum(segmentBytes);
  if (promised !== sizeBytes) return `its table tells ${promised} bytes, its row ${sizeBytes}`;
  const samples = sum(segmentSamples);
  const expected = mediaSamplesOf(row);
  return samples === expected ? null : `its segments hold ${samples} samples, its row ${expected}`;
};

/** As encoded: with the priming, which the first chunk of a rendition has. */
export const mediaSamplesOf = ({
  codec,
  sampleRateHz,
  sampleCount,
  chunk,
  chunks,
}: ReadyRendition): number =>
  chunks === 1
    ? sampleCount + FRAMING[codec].primingSamples
    : sum(chunkOf(codec, timelineOf(codec, sampleRateHz, sampleCount), chunk).mediaSamples);

const BLOCK = 1 << 20;

/** Reads the whole object once: its hash, and whether it is cut where the table says. */
export const bytesProblem = async (store: ObjectStore, row: ReadyRendition): Promise<string | null> => {
  const hash = createHash('sha256');
  const indexer = new FragmentIndexer();
  const joiner = new SegmentJoiner({ mediaSamples: row.segmentSamples, sampleRateHz: row.sampleRateHz });
  const segments: Piece[] = [];
  let initBytes = 0;
  try {
    for (let offset = 0; offset < row.sizeBytes; offset += BLOCK) {
      const length = Math.min(BLOCK, row.sizeBytes - offset);
      const block = await store.read(row.storageKey, { offset, length });
      hash.update(block);
      for (const part of indexer.push(block)) {
        if (part.kind === 'init') initBytes = part.bytes.length;
        else segments.push(...joiner.push({ bytes: part.bytes.length, samples: part.samples }));
      }
    }
    indexer.end();
    segments.push(...joiner.close());
  } catch (error) {
    return `its file is no rendition: ${errorMessage(error)}`;
  }
  if (!hash.digest().equals(row.sha256)) return 'its file has another hash than was written';
  const asTold =
    initBytes === row.initBytes &&
    sameSegments(
      segments.map(({ bytes }) => bytes),
      row.segmentBytes,
    ) &&
    sameSegments(
      segments.map(({ samples }) => samples),
      row.segmentSamples,
    );
  return asTold ? null : 'its file is cut elsewhere than its table says';
};
