/** What is enough of a file's beginning and end to find what its header promises. */
export const HEAD_BYTES = 1 << 20;
export const TAIL_BYTES = 1 << 17;

/** What a header promises: a number of decoded samples; a cut that is certain; or nothing that could be held against it. */
export type Promised =
  | { readonly kind: 'samples'; readonly samples: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'nothing' };

export interface FileEnds {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly sizeBytes: number;
}

/** Containers whose headers count samples exactly, or as good as. */
const COUNTING = new Set([
  'flac',
  'mov',
  'ape',
  'wv',
  'tta',
  'tak',
  'dsf',
  'aiff',
  'caf',
  'w64',
  'mpc8',
  'mpc',
]);
const NOTHING: Promised = { kind: 'nothing' };

/**
 * Pure: how long a file says it is. Ogg says it only at its end, so a file that stops inside a page is cut. MP3 says
 * it when it has a Xing, Info or VBRI frame; without one ffmpeg guesses from the size, which promises nothing.
 */
export function promisedLength(container: string, headerSamples: number | null, ends: FileEnds): Promised {
  if (container === 'mp3') return mp3Promise(ends.head);
  if (container === 'wav') return wavPromise(ends);
  if (container === 'ogg') return endsInsidePage(ends.tail) ? { kind: 'cut' } : NOTHING;
  return COUNTING.has(container) && headerSamples !== null
    ? { kind: 'samples', samples: headerSamples }
    : NOTHING;
}

function wavPromise({ head, sizeBytes }: FileEnds): Promised {
  for (let at = 12; at + 8 <= head.length;) {
    const length = head.readUInt32LE(at + 4);
    // 0 and the largest number stand for "not known yet" in streamed files.
    if (head.toString('latin1', at, at + 4) === 'data')
      return length > 0 && length < 0xffff_f000 && at + 8 + length > sizeBytes ? { kind: 'cut' } : NOTHING;
    at += 8 + length + (length % 2);
  }
  return NOTHING;
}

/** Ogg pages follow each other; the last one must be whole. */
function endsInsidePage(tail: Buffer): boolean {
  const start = tail.lastIndexOf('OggS');
  if (start < 0) return false;
  const table = start + 27;
  if (table > tail.length) return true;
  const segments = tail[start + 26] ?? 0;
  const body = tail.subarray(table, table + segments).reduce((sum, length) => sum + length, 0);
  return table + segments + body > tail.length;
}

const SAMPLES_A_FRAME = { mpeg1: 1152, mpeg2: 576 };

function mp3Promise(head: Buffer): Promised {
  const frame = firstFrame(head, id3v2Length(head));
  if (frame < 0) return NOTHING;
  const isMpeg1 = ((head[frame + 1] ?? 0) & 0x08) !== 0;
  const isMono = (head[frame + 3] ?? 0) >> 6 === 3;
  const samples = isMpeg1 ? SAMPLES_A_FRAME.mpeg1 : SAMPLES_A_FRAME.mpeg2;
  const xing = frame + 4 + (isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  const word = head.toString('latin1', xing, xing + 4);
  const frames =
    (word === 'Xing' || word === 'Info') && xing + 12 <= head.length && head.readUInt32BE(xing + 4) & 1
      ? head.readUInt32BE(xing + 8)
      : head.toString('latin1', frame + 36, frame + 40) === 'VBRI' && frame + 54 <= head.length
        ? head.readUInt32BE(frame + 50)
        : 0;
  return frames > 0 ? { kind: 'samples', samples: frames * samples } : NOTHING;
}

function id3v2Length(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => (sum << 7) | ((head[at] ?? 0) & 0x7f), 0);
  return 10 + size;
}

/** Layer III, a real bitrate and a real rate: two sync bytes alone are found in any data. */
function firstFrame(head: Buffer, from: number): number {
  for (let at = from; at + 4 <= head.length; at++) {
    const [a, b, c] = [head[at] ?? 0, head[at + 1] ?? 0, head[at + 2] ?? 0];
    const isLayer3 = a === 0xff && (b & 0xe0) === 0xe0 && (b & 0x06) === 0x02 && (b & 0x18) !== 0x08;
    if (isLayer3 && c >> 4 !== 0 && c >> 4 !== 15 && (c & 0x0c) !== 0x0c) return at;
  }
  return -1;
}
