import type { BlockTokenizer } from './block-tokenizer.js';
import { CUE_FRAMES_A_SECOND, LARGEST_CUE_BYTES, type CueSheet, type CueTrack } from './cue-sheet.js';

const CUESHEET = 5;
const BLOCK_HEADER_BYTES = 4;
/** Catalogue number, lead-in, flags, reserved; then how many tracks. */
const TRACK_COUNT_AT = 128 + 8 + 259;
const TRACK_BYTES = 36;
const INDEX_BYTES = 12;
const NOT_AUDIO = 0x80;
/** As CD players number it; other sheets say 255. */
const LEAD_OUTS: ReadonlySet<number> = new Set([170, 255]);

/** FLAC's own block for CUE sheets (RFC 9639), which has places and no names; null when there is none, or half of one. */
export async function readCueBlock(file: BlockTokenizer, sampleRateHz: number): Promise<CueSheet | null> {
  const read = async (position: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, await file.peekBuffer(bytes, { position, mayBeLess: true }));
  };
  let at = await firstBlock(read);
  for (let isLast = at === null; !isLast && at !== null;) {
    const header = await read(at, BLOCK_HEADER_BYTES);
    if (header.length < BLOCK_HEADER_BYTES) return null;
    const [kind = 0] = header;
    const length = header.readUIntBE(1, 3);
    at += BLOCK_HEADER_BYTES;
    if ((kind & 0x7f) === CUESHEET)
      return length > LARGEST_CUE_BYTES ? null : parseCueBlock(await read(at, length), sampleRateHz);
    isLast = (kind & 0x80) !== 0;
    at += length;
  }
  return null;
}

/** Behind the magic word, which an ID3 tag may stand before. */
async function firstBlock(
  read: (position: number, length: number) => Promise<Buffer>,
): Promise<number | null> {
  const head = await read(0, 10);
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6);
  const start = head.toString('latin1', 0, 3) === 'ID3' ? 10 + (a << 21) + (b << 14) + (c << 7) + d : 0;
  return (await read(start, 4)).toString('latin1') === 'fLaC' ? start + 4 : null;
}

/** Pure. */
export function parseCueBlock(block: Buffer, sampleRateHz: number): CueSheet | null {
  if (block.length <= TRACK_COUNT_AT || !(sampleRateHz > 0)) return null;
  const count = block[TRACK_COUNT_AT] ?? 0;
  const tracks: CueTrack[] = [];
  let at = TRACK_COUNT_AT + 1;
  for (let each = 0; each < count; each++) {
    if (at + TRACK_BYTES > block.length) return null;
    const number = block[at + 8] ?? 0;
    const isAudio = ((block[at + 21] ?? 0) & NOT_AUDIO) === 0;
    const indexes = at + TRACK_BYTES;
    const indexCount = block[indexes - 1] ?? 0;
    if (indexes + indexCount * INDEX_BYTES > block.length) return null;
    const start = startOf(block, at, indexCount);
    if (isAudio && !LEAD_OUTS.has(number))
      tracks.push({
        number,
        file: '',
        startFrames: start === null ? null : (start * CUE_FRAMES_A_SECOND) / sampleRateHz,
        title: null,
        performer: null,
        songwriter: null,
        isrc: block.toString('latin1', at + 9, at + 21).replaceAll('\0', '') || null,
        remarks: new Map(),
      });
    at = indexes + indexCount * INDEX_BYTES;
  }
  if (tracks.length === 0) return null;
  return { files: [''], title: null, performer: null, songwriter: null, remarks: new Map(), tracks };
}

/** The sample at INDEX 01: places of indexes are told from the track's own. */
function startOf(block: Buffer, track: number, indexCount: number): number | null {
  for (let each = 0; each < indexCount; each++) {
    const index = track + TRACK_BYTES + each * INDEX_BYTES;
    if (block[index + 8] === 1)
      return Number(block.readBigUInt64BE(track)) + Number(block.readBigUInt64BE(index));
  }
  return null;
}
