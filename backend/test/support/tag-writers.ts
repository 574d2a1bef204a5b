/** Pure writers of tags, for the conventions that ffmpeg cannot write: several values in one field, old encodings. */

const synchsafe = (value: number): Buffer =>
  Buffer.from([(value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f]);
const uint32be = (value: number): Buffer =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((b) => b & 255));
const uint32le = (value: number): Buffer => Buffer.from(uint32be(value)).reverse();

export interface Frame {
  readonly id: string;
  readonly body: Buffer;
}

export type TextEncoding = 'latin1' | 'utf16' | 'utf8';
const ENCODING_BYTE = { latin1: 0, utf16: 1, utf8: 3 } as const satisfies Record<TextEncoding, number>;

function encodeText(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf16') return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return Buffer.from(text, encoding);
}

/** A text frame (`TPE1` …); several values are joined by the caller in the convention under test. */
export const textFrame = (id: string, text: string, encoding: TextEncoding = 'utf16'): Frame => ({
  id,
  body: Buffer.concat([Buffer.from([ENCODING_BYTE[encoding]]), encodeText(text, encoding)]),
});

/** Bytes as they stand under the encoding byte 0: what old taggers did with Shift-JIS, GBK or CP1251. */
export const rawTextFrame = (id: string, bytes: Buffer): Frame => ({
  id,
  body: Buffer.concat([Buffer.alloc(1), bytes]),
});

export const userTextFrame = (description: string, text: string): Frame => ({
  id: 'TXXX',
  body: Buffer.concat([Buffer.from([3]), Buffer.from(`${description}\0${text}`)]),
});

/** A user text frame that ID3v2.3 allows: UTF-16. */
export const userTextFrame16 = (description: string, text: string): Frame => ({
  id: 'TXXX',
  body: Buffer.concat([
    Buffer.from([1]),
    encodeText(description, 'utf16'),
    Buffer.alloc(2),
    encodeText(text, 'utf16'),
  ]),
});

export const uniqueFileFrame = (owner: string, identifier: string): Frame => ({
  id: 'UFID',
  body: Buffer.from(`${owner}\0${identifier}`, 'latin1'),
});

export const lyricsFrame = (language: string, text: string): Frame => ({
  id: 'USLT',
  body: Buffer.concat([Buffer.from([3]), Buffer.from(`${language}\0${text}`)]),
});

/** Synchronised lyrics, in milliseconds. */
export const syncedLyricsFrame = (
  language: string,
  lines: readonly (readonly [number, string])[],
): Frame => ({
  id: 'SYLT',
  body: Buffer.concat([
    Buffer.from([3]),
    Buffer.from(language),
    Buffer.from([2, 1, 0]),
    ...lines.flatMap(([at, text]) => [Buffer.from(`${text}\0`), uint32be(at)]),
  ]),
});

export const pictureFrame = (type: number, mimeType: string, data: Uint8Array): Frame => ({
  id: 'APIC',
  body: Buffer.concat([Buffer.from([3]), Buffer.from(`${mimeType}\0`), Buffer.from([type, 0]), data]),
});

const id3v2Tag = (major: 3 | 4, frames: readonly Frame[]): Buffer => {
  const size = major === 4 ? synchsafe : uint32be;
  const body = Buffer.concat(
    frames.flatMap((frame) => [Buffer.from(frame.id), size(frame.body.length), Buffer.alloc(2), frame.body]),
  );
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([major, 0, 0]), synchsafe(body.length), body]);
};

export const id3v23Tag = (frames: readonly Frame[]): Buffer => id3v2Tag(3, frames);
export const id3v24Tag = (frames: readonly Frame[]): Buffer => id3v2Tag(4, frames);

export interface Id3v1 {
  readonly title?: string | Buffer;
  readonly artist?: string | Buffer;
  readonly album?: string | Buffer;
}

export function id3v1Tag({ title = '', artist = '', album = '' }: Id3v1): Buffer {
  const tag = Buffer.alloc(128);
  tag.write('TAG', 0, 'latin1');
  [title, artist, album].forEach((value, index) => {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
    bytes.copy(tag, 3 + 30 * index, 0, 30);
  });
  tag.writeUInt8(255, 127);
  return tag;
}

/** APEv2 with its header and footer; several values of one key are separated by NUL. */
export function apeTag(items: Readonly<Record<string, readonly string[]>>): Buffer {
  const entries = Object.entries(items).map(([key, values]) => {
    const value = Buffer.from(values.join('\0'));
    return Buffer.concat([uint32le(value.length), uint32le(0), Buffer.from(`${key}\0`, 'latin1'), value]);
  });
  const body = Buffer.concat(entries);
  const bound = (flags: number): Buffer =>
    Buffer.concat([
      Buffer.from('APETAGEX'),
      ...[2000, body.length + 32, entries.length, flags].map(uint32le),
      Buffer.alloc(8),
    ]);
  return Buffer.concat([bound(0xa000_0000), body, bound(0x8000_0000)]);
}

/** The body of a Vorbis comment header: `KEY=value`, keys may repeat. */
export function vorbisComment(comments: readonly (readonly [string, string])[]): Buffer {
  const vendor = Buffer.from('kanade test');
  const lines = comments.map(([key, value]) => Buffer.from(`${key}=${value}`));
  return Buffer.concat([
    uint32le(vendor.length),
    vendor,
    uint32le(lines.length),
    ...lines.flatMap((line) => [uint32le(line.length), line]),
  ]);
}

/** FLAC's own block for CUE sheets: where each track begins, in samples, and the lead-out behind them. */
export function flacCueBlock(starts: readonly number[], sampleCount: number): Buffer {
  const head = Buffer.alloc(128 + 8 + 259 + 1);
  head[head.length - 1] = starts.length + 1;
  const tracks = starts.map((start, at) => {
    // The pause, INDEX 00, begins a second before the track, but for the first.
    const pause = at === 0 ? 0 : Math.min(start, 44_100);
    const beginning = [1, pause] as const;
    const indexes = at === 0 ? [beginning] : [[0, 0] as const, beginning];
    const track = Buffer.alloc(36 + 12 * indexes.length);
    track.writeBigUInt64BE(BigInt(start - pause));
    track[8] = at + 1;
    track.write(at === 0 ? 'JPAB00400001' : '', 9, 'latin1');
    track[35] = indexes.length;
    indexes.forEach(([number, offset], each) => {
      track.writeBigUInt64BE(BigInt(offset), 36 + 12 * each);
      track[36 + 12 * each + 8] = number;
    });
    return track;
  });
  const leadOut = Buffer.alloc(36);
  leadOut.writeBigUInt64BE(BigInt(sampleCount));
  leadOut[8] = 255;
  return Buffer.concat([head, ...tracks, leadOut]);
}

/** Puts comments into a FLAC file in place of those it has; and a CUESHEET block. */
export function retagFlac(
  flac: Buffer,
  comments: readonly (readonly [string, string])[],
  cueBlock?: Buffer,
): Buffer {
  const blocks: { type: number; body: Buffer }[] = [];
  let at = 4;
  for (let isLast = false; !isLast;) {
    const head = flac.readUInt32BE(at);
    isLast = head >>> 31 === 1;
    blocks.push({ type: (head >>> 24) & 0x7f, body: flac.subarray(at + 4, at + 4 + (head & 0xff_ffff)) });
    at += 4 + (head & 0xff_ffff);
  }
  const kept = [
    ...blocks.filter(({ type }) => ![1, 4, 5].includes(type)),
    { type: 4, body: vorbisComment(comments) },
    ...(cueBlock === undefined ? [] : [{ type: 5, body: cueBlock }]),
  ];
  const written = kept.flatMap(({ type, body }, index) => [
    uint32be((((index === kept.length - 1 ? 0x80 : 0) | type) << 24) | body.length),
    body,
  ]);
  return Buffer.concat([flac.subarray(0, 4), ...written, flac.subarray(at)]);
}

/** Puts comments into an Ogg Vorbis or Opus file whose headers ffmpeg wrote; pages are numbered and summed anew. */
export function retagOgg(ogg: Buffer, comments: readonly (readonly [string, string])[]): Buffer {
  const { packets, rest, serial } = oggHeaders(ogg);
  const [identity, old, ...more] = packets;
  if (identity === undefined || old === undefined) throw new Error('no Ogg headers');
  const isOpus = identity.toString('latin1', 0, 8) === 'OpusHead';
  const comment = isOpus
    ? Buffer.concat([Buffer.from('OpusTags'), vorbisComment(comments)])
    : Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), vorbisComment(comments), Buffer.from([1])]);
  const headers = [oggPage([identity], serial, 0, 2), oggPage([comment, ...more], serial, 1, 0)];
  const pages = splitPages(rest).map((page, index) => {
    const copy = Buffer.from(page);
    copy.writeUInt32LE(index + 2, 18);
    return withChecksum(copy);
  });
  return Buffer.concat([...headers, ...pages]);
}

function splitPages(ogg: Buffer): Buffer[] {
  const pages: Buffer[] = [];
  for (let at = 0; at < ogg.length;) {
    const length = pageLength(ogg, at);
    pages.push(ogg.subarray(at, at + length));
    at += length;
  }
  return pages;
}

function pageLength(ogg: Buffer, at: number): number {
  const segments = ogg.readUInt8(at + 26);
  return 27 + segments + ogg.subarray(at + 27, at + 27 + segments).reduce((sum, value) => sum + value, 0);
}

/** The header packets: two for Opus, three for Vorbis; they never share a page with sound. */
function oggHeaders(ogg: Buffer): { packets: Buffer[]; rest: Buffer; serial: number } {
  const wanted = ogg.includes('OpusHead') ? 2 : 3;
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  let at = 0;
  while (packets.length < wanted) {
    const segments = ogg.readUInt8(at + 26);
    let body = at + 27 + segments;
    for (const lacing of ogg.subarray(at + 27, at + 27 + segments)) {
      open.push(ogg.subarray(body, body + lacing));
      body += lacing;
      if (lacing === 255) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
    at = body;
  }
  return { packets, rest: ogg.subarray(at), serial: ogg.readUInt32LE(14) };
}

function oggPage(packets: readonly Buffer[], serial: number, sequence: number, flags: number): Buffer {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: Math.floor(packet.length / 255) }, () => 255),
    packet.length % 255,
  ]);
  if (lacing.length > 255) throw new Error('the headers do not fit one page');
  const head = Buffer.alloc(27);
  head.write('OggS', 0, 'latin1');
  head.writeUInt8(flags, 5);
  head.writeUInt32LE(serial, 14);
  head.writeUInt32LE(sequence, 18);
  head.writeUInt8(lacing.length, 26);
  return withChecksum(Buffer.concat([head, Buffer.from(lacing), ...packets]));
}

/** Ogg's CRC-32: not reflected, polynomial 04c11db7, over the page with its own field zero. */
function withChecksum(page: Buffer): Buffer {
  page.writeUInt32LE(0, 22);
  let crc = 0;
  for (const byte of page) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1;
  }
  page.writeUInt32LE(crc >>> 0, 22);
  return page;
}
