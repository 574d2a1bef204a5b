import { planOf } from './download-plan';
import { isSameRendition, keptItem, partAt, partPlace } from './kept-address';
import { isGood, seenLater, type Lease } from './lease';
import type { Collection, CollectionKind, KeptTrack } from './kept';
import { openOfflineDb, partsOf, type OfflineDb } from './offline-db';
import { CLOSED, offlineState } from './offline-state';
import { dropPictures } from './kept-pictures';
import { newKey, seal, unseal } from './sealing';
import type { StreamCodec } from '../player/codec-choice';
import type { GrantedItem } from '../player/queue-timeline';

/**
 * What one listener keeps in this browser, with an index of it in memory. What it says to be there is there as a whole.
 * Owned by `current-library.ts`, which calls `close`.
 */
export class OfflineLibrary {
  readonly #collections = new Map<string, Collection>();
  readonly #tracks = new Map<string, KeptTrack>();
  readonly #refused = new Set<string>();

  private constructor(
    private readonly db: OfflineDb,
    private readonly key: CryptoKey,
    private lease: Lease | null,
  ) {}

  static async open(userId: string): Promise<OfflineLibrary> {
    const db = await openOfflineDb(userId);
    const known: unknown = await db.get('facts', 'key');
    const key = known instanceof CryptoKey ? known : await newKey();
    if (key !== known) await db.put('facts', key, 'key');
    const lease = leaseOf(await db.get('facts', 'lease'));
    const library = new OfflineLibrary(db, key, lease);
    await library.reload();
    if (lease !== null) await library.keepLease(seenLater(lease, Date.now()));
    if (!library.isReadable && lease !== null) await library.dropSound();
    return library;
  }

  close(): void {
    this.db.close();
    offlineState.dispatch(CLOSED);
  }

  /** As it stands in the database: another tab may have changed it. */
  async reload(): Promise<void> {
    const [collections, tracks] = await Promise.all([
      this.db.getAll('collections'),
      this.db.getAll('tracks'),
    ]);
    this.#collections.clear();
    this.#tracks.clear();
    for (const each of collections) this.#collections.set(nameOf(each), each);
    for (const each of tracks) this.#tracks.set(each.trackId, each);
    this.tell();
  }

  tell(): void {
    const whole = this.isReadable ? [...this.#tracks.values()].filter((track) => track.whole) : [];
    offlineState.dispatch({
      isOpen: true,
      collections: [...this.#collections.values()].sort((a, b) => b.addedAt - a.addedAt),
      whole: new Map(whole.map(({ trackId, sizeBytes }) => [trackId, sizeBytes])),
      refused: new Set(this.#refused),
    });
  }

  get isReadable(): boolean {
    return isGood(this.lease, Date.now());
  }

  get collections(): readonly Collection[] {
    return [...this.#collections.values()];
  }

  /** What is there, in part or as a whole. */
  get trackIds(): readonly string[] {
    return [...this.#tracks.keys()];
  }

  get plan() {
    return planOf(this.collections, this.#tracks.values(), this.#refused);
  }

  track(trackId: string): KeptTrack | undefined {
    return this.#tracks.get(trackId);
  }

  async isPaused(): Promise<boolean> {
    return (await this.db.get('facts', 'paused')) === true;
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.db.put('facts', paused, 'paused');
  }

  async keepLease(lease: Lease): Promise<void> {
    this.lease = lease;
    await this.db.put('facts', lease, 'lease');
  }

  /** Wished, or its contents changed. */
  async keep(collection: Collection): Promise<void> {
    await this.db.put('collections', collection);
    this.#collections.set(nameOf(collection), collection);
    await this.#dropUnwanted();
  }

  /** At the listener's word: what nothing else wants goes with it. */
  async drop(kind: CollectionKind, id: string): Promise<void> {
    await this.db.delete('collections', [kind, id]);
    this.#collections.delete(nameOf({ kind, id }));
    await this.#dropUnwanted();
  }

  /** Begins a track, or goes on with what is there of the same rendition. @returns the numbers of its parts */
  async begin(track: KeptTrack): Promise<ReadonlySet<number>> {
    const known = this.#tracks.get(track.trackId);
    if (known && !isSameRendition(known, track)) await this.dropTrack(track.trackId);
    const keys = await this.db.getAllKeys('parts', partsOf(track.trackId));
    await this.db.put('tracks', track);
    this.#tracks.set(track.trackId, track);
    return new Set(keys.map(([, number]) => number));
  }

  async addPart(track: KeptTrack, number: number, bytes: ArrayBuffer): Promise<void> {
    const part = await seal(this.key, partPlace(track, number), bytes);
    const write = this.db.transaction(['tracks', 'parts'], 'readwrite');
    // Taken out meanwhile: then nothing of it may stay behind.
    if ((await write.objectStore('tracks').getKey(track.trackId)) !== undefined)
      await write.objectStore('parts').put(part, [track.trackId, number]);
    await write.done;
  }

  /** Counted once more in what is stored, and only then said to be there. @returns whether it is */
  async finish(track: KeptTrack): Promise<boolean> {
    const write = this.db.transaction(['tracks', 'parts'], 'readwrite');
    let sizeBytes = 0;
    let count = 0;
    for await (const { value } of write.objectStore('parts').iterate(partsOf(track.trackId))) {
      count += 1;
      sizeBytes += value.bytes.byteLength;
    }
    const isThere = (await write.objectStore('tracks').getKey(track.trackId)) !== undefined;
    const whole = { ...track, whole: true, sizeBytes };
    const isWhole = isThere && count === track.item.segmentCount + 1;
    if (isWhole) await write.objectStore('tracks').put(whole);
    await write.done;
    if (isWhole) this.#tracks.set(track.trackId, whole);
    this.tell();
    return isWhole;
  }

  /** With what was answered about it; the collections that want it stay. */
  async dropTrack(trackId: string): Promise<void> {
    const write = this.db.transaction(['tracks', 'parts', 'answers'], 'readwrite');
    await write.objectStore('tracks').delete(trackId);
    await write.objectStore('parts').delete(partsOf(trackId));
    await write.objectStore('answers').delete(`/api/tracks/${trackId}`);
    await write.done;
    this.#tracks.delete(trackId);
    this.tell();
  }

  /** The server gives this one no more. */
  async refuse(trackId: string): Promise<void> {
    this.#refused.add(trackId);
    await this.dropTrack(trackId);
  }

  /** Asked for again from now on. */
  forgive(): void {
    this.#refused.clear();
    this.tell();
  }

  /** All sound, not the wishes: what ran out is fetched anew when the server grants it again. */
  async dropSound(): Promise<void> {
    const write = this.db.transaction(['tracks', 'parts'], 'readwrite');
    await Promise.all([write.objectStore('tracks').clear(), write.objectStore('parts').clear(), write.done]);
    this.#tracks.clear();
    this.tell();
  }

  async keepAnswer(path: string, body: unknown): Promise<void> {
    await this.db.put('answers', { path, trackId: null, body });
  }

  async answer(path: string): Promise<unknown> {
    return this.isReadable ? (await this.db.get('answers', path))?.body : undefined;
  }

  find(trackId: string, codec: StreamCodec): GrantedItem | undefined {
    const track = this.#tracks.get(trackId);
    return track?.whole === true && track.codec === codec && this.isReadable ? keptItem(track) : undefined;
  }

  codecOf(trackId: string): StreamCodec | null {
    const track = this.#tracks.get(trackId);
    return track?.whole === true && this.isReadable ? track.codec : null;
  }

  /** The bytes at one of our addresses; null where there are none, or not these. */
  async read(address: string): Promise<ArrayBuffer | null> {
    const part = partAt(address);
    if (part === null || !this.isReadable) return null;
    const { rendition, number } = part;
    const sealed = await this.db.get('parts', [rendition.trackId, number]);
    if (!sealed) return null;
    return unseal(this.key, partPlace(rendition, number), sealed).catch(() => null);
  }

  async #dropUnwanted(): Promise<void> {
    for (const trackId of this.plan.toRemove) await this.dropTrack(trackId);
    const wanted = new Set(this.collections.flatMap(({ tracks }) => tracks.map((each) => each.artwork?.id)));
    await dropPictures(wanted);
    this.tell();
  }
}

const nameOf = ({ kind, id }: Pick<Collection, 'kind' | 'id'>): string => `${kind} ${id}`;

const leaseOf = (value: unknown): Lease | null =>
  typeof value === 'object' &&
  value !== null &&
  'keepUntil' in value &&
  typeof value.keepUntil === 'number' &&
  'seenAt' in value &&
  typeof value.seenAt === 'number'
    ? { keepUntil: value.keepUntil, seenAt: value.seenAt }
    : null;
