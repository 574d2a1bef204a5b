import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { z } from 'zod';
import { contentTypeOf } from './page-files.js';

export interface PageFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly etag: string;
  readonly encoded: { readonly br: Buffer | null; readonly gzip: Buffer | null };
}

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
const isText = (name: string): boolean =>
  /^(text|application\/(json|manifest)|image\/svg)/.test(contentTypeOf(name));

/** The exported pages: a few megabytes, read once when first asked for and kept, compressed once. */
export class PageLibrary {
  private readonly files = new Map<string, Promise<PageFile>>();

  private constructor(
    private readonly root: string,
    private readonly names: ReadonlySet<string>,
    readonly scriptHashes: readonly string[],
  ) {}

  /** @throws Error when the pages were not built. */
  static async open(root: string): Promise<PageLibrary> {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
      );
    const hashes = z.array(z.string()).parse(JSON.parse(await readFile(join(root, 'csp.json'), 'utf8')));
    return new PageLibrary(root, new Set(names.filter((name) => name !== 'csp.json')), hashes);
  }

  /** The first of these names that exists; only names seen at start are ever opened. */
  find(candidates: readonly string[]): Promise<PageFile> | null {
    const name = candidates.find((candidate) => this.names.has(candidate));
    if (name === undefined) return null;
    const known = this.files.get(name);
    if (known !== undefined) return known;
    const file = this.load(name);
    this.files.set(name, file);
    return file;
  }

  private async load(name: string): Promise<PageFile> {
    const bytes = await readFile(join(this.root, name));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    if (!isText(name) || bytes.length < 1000) return { name, bytes, etag, encoded: { br: null, gzip: null } };
    const [br, zipped] = await Promise.all([
      compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
      compressGzip(bytes),
    ]);
    return { name, bytes, etag, encoded: { br, gzip: zipped } };
  }
}
