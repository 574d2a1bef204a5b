import { sampleTable, type Sample } from './fragment-runs.js';
import { boxesIn, findBox, Mp4Error } from './mp4-boxes.js';

/**
 * 20 ms of silence in SILK mode, as libopus makes them for speech at 8 kbps. Music is always in CELT mode, which
 * predicts each frame's loudness from the one before: where another track begins it would predict from foreign music,
 * and a join bursts out loud for about 13 ms. A decoder that goes from SILK to CELT begins anew (RFC 6716, 4.5.2), so
 * this one packet makes it the decoder that the encoder reckoned with. What it leaves in the next frame is gone after
 * 240 samples, within the 312 of priming that nobody hears.
 */
const RESET_PACKET = Buffer.from('080be4b9a0bc84', 'hex');

/** Samples of the packet: by so much a fragment that begins with it lies earlier. */
export const RESET_SAMPLES = 960;

const TRUN = { dataOffset: 0x1, duration: 0x100, size: 0x200 };

/** Offsets within a run of samples: version and flags, their count, where the data begins, then two fields a sample. */
const RUN_HEADER_BYTES = 8 + 12;

const runBox = (samples: readonly Sample[]): Buffer => {
  const box = Buffer.alloc(RUN_HEADER_BYTES + samples.length * 8);
  box.writeUInt32BE(box.length, 0);
  box.write('trun', 4, 'latin1');
  box.writeUInt32BE(TRUN.dataOffset | TRUN.duration | TRUN.size, 8);
  box.writeUInt32BE(samples.length, 12);
  for (const [index, { duration, bytes }] of samples.entries()) {
    box.writeUInt32BE(duration, RUN_HEADER_BYTES + index * 8);
    box.writeUInt32BE(bytes, RUN_HEADER_BYTES + index * 8 + 4);
  }
  return box;
};

/** What follows in the same segment keeps its distance from what is before it. */
const later = (fragments: Buffer): Buffer => {
  const moved = Buffer.from(fragments);
  for (const { type, contentStart, end } of boxesIn(moved, 0, moved.length)) {
    if (type !== 'moof') continue;
    const moof = moved.subarray(contentStart - 8, end);
    const tfdt = findBox(moof, 'moof/traf/tfdt');
    if (tfdt === undefined) throw new Mp4Error('a fragment does not tell its time');
    // Version 1 counts by 64 bits, version 0 by 32; neither comes near what 32 hold before a day has passed.
    const at = tfdt.contentStart + (moof[tfdt.contentStart] === 1 ? 8 : 4);
    moof.writeUInt32BE(moof.readUInt32BE(at) + RESET_SAMPLES, at);
  }
  return moved;
};

/** Pure: a fragment of Opus with the packet before its first. Its decode time stays, for it may not be negative. */
export const withDecoderReset = (fragment: Buffer): Buffer => {
  const [traf, trun] = ['moof/traf', 'moof/traf/trun'].map((path) => findBox(fragment, path));
  const mdat = boxesIn(fragment, 0, fragment.length).find(({ type }) => type === 'mdat');
  if (traf === undefined || trun === undefined || mdat === undefined)
    throw new Mp4Error('a fragment without samples cannot begin with another');
  const samples = sampleTable(fragment);
  const run = runBox([{ duration: RESET_SAMPLES, bytes: RESET_PACKET.length }, ...samples]);
  const grown = run.length - (trun.end - trun.contentStart + 8);
  const head = Buffer.concat([
    fragment.subarray(0, trun.contentStart - 8),
    run,
    fragment.subarray(trun.end, mdat.contentStart),
  ]);
  head.writeUInt32BE(head.readUInt32BE(0) + grown, 0);
  head.writeUInt32BE(head.readUInt32BE(traf.contentStart - 8) + grown, traf.contentStart - 8);
  head.writeUInt32BE(head.length, trun.contentStart + 8);
  head.writeUInt32BE(mdat.end - mdat.contentStart + 8 + RESET_PACKET.length, head.length - 8);
  const rest = fragment.subarray(mdat.end);
  return Buffer.concat([head, RESET_PACKET, fragment.subarray(mdat.contentStart, mdat.end), later(rest)]);
};
