/** DSD as the two file formats hold it: one bit a sample, by a modulator of the first order. */
export interface DsdTone {
  readonly seconds: number;
  readonly channels: number;
  /** 64 times 44,100 Hz, or a multiple. */
  readonly rateHz: number;
}

/** A sine of 441 Hz, a byte for 8 bits, the oldest in the highest. */
function bitsOf({ seconds, rateHz }: DsdTone): Buffer {
  const bytes = Buffer.alloc(Math.floor((seconds * rateHz) / 8));
  let error = 0;
  for (let at = 0; at < bytes.length * 8; at++) {
    error += 0.4 * Math.sin((2 * Math.PI * 441 * at) / rateHz);
    const bit = error >= 0;
    error -= bit ? 1 : -1;
    if (bit) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return bytes;
}

const reversed = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, bit) => sum | (((byte >> bit) & 1) << (7 - bit)), 0),
);
const DSF_BLOCK = 4096;

/** Sony's format: bits from the lowest, the channels in turn by blocks of 4,096 bytes. */
export function dsfFile(tone: DsdTone): Buffer {
  const bits = bitsOf(tone).map((byte) => reversed[byte] ?? 0);
  const blocks = Math.ceil(bits.length / DSF_BLOCK);
  const data = Buffer.alloc(blocks * DSF_BLOCK * tone.channels, 0x69);
  for (let block = 0; block < blocks; block++)
    for (let channel = 0; channel < tone.channels; channel++)
      data.set(
        bits.subarray(block * DSF_BLOCK, (block + 1) * DSF_BLOCK),
        (block * tone.channels + channel) * DSF_BLOCK,
      );
  const header = Buffer.alloc(92);
  header.write('DSD ', 0, 'latin1');
  header.writeBigUInt64LE(28n, 4);
  header.writeBigUInt64LE(BigInt(header.length + data.length), 12);
  header.write('fmt ', 28, 'latin1');
  header.writeBigUInt64LE(52n, 32);
  header.writeUInt32LE(1, 40);
  header.writeUInt32LE(tone.channels === 1 ? 1 : 2, 48);
  header.writeUInt32LE(tone.channels, 52);
  header.writeUInt32LE(tone.rateHz, 56);
  header.writeUInt32LE(1, 60);
  header.writeBigUInt64LE(BigInt(bits.length * 8), 64);
  header.writeUInt32LE(DSF_BLOCK, 72);
  header.write('data', 80, 'latin1');
  header.writeBigUInt64LE(BigInt(12 + data.length), 84);
  return Buffer.concat([header, data]);
}

const chunk = (id: string, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(12);
  header.write(id, 0, 'latin1');
  header.writeBigUInt64BE(BigInt(body.length), 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
};
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const number = (bytes: number, value: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

/** Philips' format: the channels in turn byte by byte. */
export function dffFile(tone: DsdTone): Buffer {
  const bits = bitsOf(tone);
  const data = Buffer.alloc(bits.length * tone.channels);
  for (const [at, byte] of bits.entries()) data.fill(byte, at * tone.channels, (at + 1) * tone.channels);
  const names = ['SLFT', 'SRGT'].slice(0, tone.channels).map(ascii);
  const properties = chunk(
    'PROP',
    ascii('SND '),
    chunk('FS  ', number(4, tone.rateHz)),
    chunk('CHNL', number(2, tone.channels), ...names),
    chunk('CMPR', ascii('DSD '), number(1, 14), ascii('not compressed'), Buffer.alloc(1)),
  );
  return chunk('FRM8', ascii('DSD '), chunk('FVER', number(4, 0x0105_0000)), properties, chunk('DSD ', data));
}
