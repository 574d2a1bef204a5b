/** Players ask for an init part and a segment at once, or for one after the other: then nobody comes in this time. */
const GRACE_MS = 20;

type Tell = (chunk: number) => void;

/**
 * Which chunk of a rendition listeners of this process ask for right now. All chunks have the same init part, so one
 * that is asked for beside a segment far inside needs no encoder but that segment's.
 */
export class SoughtChunks {
  private readonly sought = new Map<string, number[]>();
  private readonly waiting = new Map<string, Set<Tell>>();

  /** @returns a function that says that this one asks no more */
  enter(rendition: string, chunk: number): () => void {
    const chunks = this.sought.get(rendition) ?? [];
    this.sought.set(rendition, chunks);
    chunks.push(chunk);
    for (const tell of this.waiting.get(rendition) ?? []) tell(chunk);
    return () => {
      chunks.splice(chunks.indexOf(chunk), 1);
      if (chunks.length === 0) this.sought.delete(rendition);
    };
  }

  /** The chunk that is asked for now, or in a moment; the first when none is. */
  async soon(rendition: string): Promise<number> {
    const [chunk] = this.sought.get(rendition) ?? [];
    if (chunk !== undefined) return chunk;
    const { promise, resolve } = Promise.withResolvers<number>();
    const waiting = this.waiting.get(rendition) ?? new Set<Tell>();
    this.waiting.set(rendition, waiting.add(resolve));
    const timer = setTimeout(resolve, GRACE_MS, 0);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      waiting.delete(resolve);
      if (waiting.size === 0) this.waiting.delete(rendition);
    }
  }
}
