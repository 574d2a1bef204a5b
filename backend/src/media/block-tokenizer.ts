import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions, type ITokenizerOptions } from 'strtok3';
import type { PathBytes } from './readable-path.js';

/** A file as somebody else reads it: here, or on the other side of a channel. */
export interface ByteSource {
  readonly size: number;
  /** Shorter at the end. @throws the file system's own errors */
  read(position: number, length: number): Promise<Buffer>;
}

const BLOCK_BYTES = 64 * 1024;
/** The head of a file, its tail, and one in between are what parsers jump among. */
const KEPT_BLOCKS = 4;

/**
 * A parser's view of a file that reads whole blocks: parsers ask for a few bytes at a time, and each trip to the file
 * system costs more than parsing what it brings (two thirds of all the time spent on tags).
 */
export class BlockTokenizer extends AbstractTokenizer {
  private readonly blocks = new Map<number, Promise<Buffer>>();

  private constructor(
    private readonly source: ByteSource,
    override readonly fileInfo: { readonly path: string; readonly size: number },
    options: ITokenizerOptions,
  ) {
    super(options);
  }

  /** The name tells the parser what kind it may be. */
  static of(source: ByteSource, name: PathBytes, options: ITokenizerOptions = {}): BlockTokenizer {
    const fileInfo = { path: name.toString('latin1'), size: source.size };
    return new BlockTokenizer(source, fileInfo, { ...options, fileInfo });
  }

  override async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position } = this.normalizeOptions(target, options);
    const read = await this.peekBuffer(target, options);
    this.position = position + read;
    return read;
  }

  override async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length, position, mayBeLess } = this.normalizeOptions(target, options);
    let read = 0;
    while (read < length) {
      const at = position + read;
      const block = await this.block(Math.floor(at / BLOCK_BYTES));
      const piece = block.subarray(at % BLOCK_BYTES, (at % BLOCK_BYTES) + length - read);
      if (piece.length === 0) break;
      target.set(piece, read);
      read += piece.length;
    }
    if (read < length && mayBeLess !== true) throw new EndOfStreamError();
    return read;
  }

  setPosition(position: number): void {
    this.position = position;
  }

  override supportsRandomAccess(): boolean {
    return true;
  }

  private block(index: number): Promise<Buffer> {
    const kept = this.blocks.get(index);
    if (kept !== undefined) return kept;
    for (const oldest of this.blocks.keys()) if (this.blocks.size >= KEPT_BLOCKS) this.blocks.delete(oldest);
    const block = this.readBlock(index * BLOCK_BYTES);
    this.blocks.set(index, block);
    return block;
  }

  private async readBlock(position: number): Promise<Buffer> {
    const length = Math.max(0, Math.min(BLOCK_BYTES, this.fileInfo.size - position));
    return length === 0 ? Buffer.alloc(0) : this.source.read(position, length);
  }
}
