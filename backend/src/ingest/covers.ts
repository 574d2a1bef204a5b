import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { saveArtwork, storeArtwork, unstoreArtwork } from '../catalog/artwork-writer.js';
import type { Database } from '../database/database.js';
import type { RenderedArtwork } from '../media/artwork-sizes.js';
import { chooseEmbedded, chooseFolderImage } from '../media/cover-choice.js';
import { MediaError } from '../media/media-error.js';
import type { TagReading } from '../media/tag-reader-pool.js';
import type { ObjectStore } from '../storage/object-store.js';

export interface PictureSource {
  read(paths: readonly Buffer[], options: { readonly pictures: boolean }): Promise<readonly TagReading[]>;
}
export interface CoverRenderer {
  render(source: Uint8Array): Promise<RenderedArtwork>;
}

/** A larger file is no cover that somebody wants to look at. */
const LARGEST_BYTES = 32 * 1024 * 1024;
const SLASH = 0x2f;

/** The picture of a track: its own, else its folder's; each kept once, whatever number of tracks carry it. */
export class Covers {
  /** Tracks of an album are analysed side by side and carry the same picture. */
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    private readonly db: Database,
    private readonly store: ObjectStore,
    private readonly pictures: PictureSource,
    private readonly renderer: CoverRenderer,
  ) {}

  /** @returns the artwork's id; null when there is no picture, or none that can be read. */
  async coverOf(path: Buffer): Promise<string | null> {
    for (const find of [() => this.embedded(path), () => folderImage(path)]) {
      const source = await find();
      if (source === null) continue;
      try {
        return await this.keep(source);
      } catch (error) {
        // A picture that cannot be read is no reason to refuse the music, nor another picture.
        if (!(error instanceof MediaError)) throw error;
      }
    }
    return null;
  }

  private async embedded(path: Buffer): Promise<Uint8Array | null> {
    const [reading] = await this.pictures.read([path], { pictures: true });
    if (reading === undefined || 'error' in reading) return null;
    return chooseEmbedded(reading.file.pictures)?.data ?? null;
  }

  private async keep(source: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(source).digest();
    const known = await this.findId(hash);
    if (known !== null) return known;
    const key = hash.toString('hex');
    const work = this.underWay.get(key) ?? this.make(source, hash).finally(() => this.underWay.delete(key));
    this.underWay.set(key, work);
    return work;
  }

  private async make(source: Uint8Array, hash: Buffer): Promise<string> {
    const artwork = await this.renderer.render(source);
    const id = await storeArtwork(this.store, artwork);
    if (await saveArtwork(this.db, { id, hash, playlistId: null }, artwork)) return id;
    await unstoreArtwork(this.store, id, artwork);
    return (await this.findId(hash)) ?? id;
  }

  private async findId(hash: Buffer): Promise<string | null> {
    const row = await this.db.first<{ id: string }>('SELECT id FROM artworks WHERE source_hash = $1', [hash]);
    return row?.id ?? null;
  }
}

/** The picture in the track's folder, else in the one above, where discs have folders of their own. */
const folderImage = async (path: Buffer): Promise<Uint8Array | null> => {
  const folder = path.subarray(0, path.lastIndexOf(SLASH));
  const isDisc = /\/(?:cd|dis[ck])[\s._-]*\d{1,2}[^/]*$/i.test(folder.toString('latin1'));
  for (const place of isDisc ? [folder, folder.subarray(0, folder.lastIndexOf(SLASH))] : [folder]) {
    const name = chooseFolderImage(
      (await readdir(place, { encoding: 'buffer' })).map((entry) => entry.toString('latin1')),
    );
    if (name === null) continue;
    const file = Buffer.concat([place, Buffer.from(`/${name}`, 'latin1')]);
    const { size } = await stat(file);
    if (size > 0 && size <= LARGEST_BYTES) return readFile(file);
  }
  return null;
};
