import { RecentMap } from '../common/recent-map.js';

export interface HotSegment {
  /** Never written again: many answers send the same bytes at once. */
  readonly bytes: Buffer;
  readonly tag: string;
}

/** Names alone cost little: about 2 MB at the most. */
const REMEMBERED_NAMES = 20_000;
/** One long FLAC segment must not push everything else out. */
const LARGEST_SHARE = 8;

/**
 * Segments that several listeners ask for, whole and in memory, bounded by bytes; the longest unused leaves first.
 * A segment enters at its second request: one listener's pass through an album displaces nothing. An answer that is
 * being sent holds its own reference, so what leaves here is never taken from under it.
 */
export class HotSegments {
  private readonly kept = new RecentMap<HotSegment>();
  private readonly asked = new Set<string>();
  private readonly loading = new Map<string, Promise<HotSegment>>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get sizeBytes(): number {
    return this.bytes;
  }

  get(name: string): HotSegment | undefined {
    return this.kept.get(name);
  }

  /** Notes a request that memory could not answer. @returns whether this segment is worth keeping */
  isWanted(name: string, length: number): boolean {
    if (length > this.mostBytes / LARGEST_SHARE) return false;
    if (this.asked.delete(name)) {
      this.asked.add(name);
      return true;
    }
    this.asked.add(name);
    const [oldest] = this.asked;
    if (this.asked.size > REMEMBERED_NAMES && oldest !== undefined) this.asked.delete(oldest);
    return false;
  }

  /** Reads once for all that ask meanwhile; what could not be read is not kept. @throws as `read` does */
  load(name: string, read: () => Promise<HotSegment>): Promise<HotSegment> {
    const running = this.loading.get(name);
    if (running !== undefined) return running;
    const promise = read()
      .then((segment) => {
        this.keep(name, segment);
        return segment;
      })
      .finally(() => this.loading.delete(name));
    this.loading.set(name, promise);
    return promise;
  }

  clear(): void {
    this.kept.clear();
    this.asked.clear();
    this.bytes = 0;
  }

  private keep(name: string, segment: HotSegment): void {
    this.bytes += segment.bytes.length - (this.kept.delete(name)?.bytes.length ?? 0);
    this.kept.set(name, segment);
    while (this.bytes > this.mostBytes) this.bytes -= this.kept.evict()?.bytes.length ?? this.bytes;
  }
}
