/** Cuts a stream of interleaved 16-bit PCM, in pieces of any length, into runs of whole frames. */
export class PcmFrames {
  private readonly frameBytes: number;
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    channels: number,
    private readonly take: (samples: Int16Array) => void,
  ) {
    this.frameBytes = 2 * channels;
  }

  add(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const usable = bytes.length - (bytes.length % this.frameBytes);
    // Copied: the piece it is cut from may be written to again.
    this.rest = Buffer.from(bytes.subarray(usable));
    if (usable > 0) this.take(samplesOf(bytes, usable));
  }
}

/** A view where the bytes lie well, a copy where they do not. */
function samplesOf(bytes: Buffer, length: number): Int16Array {
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, length / 2);
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  return new Int16Array(copy.buffer);
}
