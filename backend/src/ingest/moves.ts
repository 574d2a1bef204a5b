import { renameKey, type KnownFile } from './folder-changes.js';

/** Which of the files that are gone turned up elsewhere with the same bytes: those keep their row and their track. */
export class Moves {
  private readonly moving = new Map<string, KnownFile>();
  readonly lost: readonly KnownFile[];

  constructor(gone: readonly KnownFile[], appeared: ReadonlySet<string>) {
    const lost: KnownFile[] = [];
    for (const file of gone) {
      const key = renameKey(file);
      if (appeared.has(key) && !this.moving.has(key)) this.moving.set(key, file);
      else lost.push(file);
    }
    this.lost = lost;
  }

  /** The row of the file that was renamed to what has this key; each is given once. */
  claim(key: string): KnownFile | null {
    const file = this.moving.get(key);
    this.moving.delete(key);
    return file ?? null;
  }

  /** Moving files whose new place was gone again before it was taken in. */
  unclaimed(): readonly KnownFile[] {
    return [...this.moving.values()];
  }
}
