import { setTimeout as pause } from 'node:timers/promises';

/** Players ask for an init part and a segment at once, or for one after the other: then nobody comes in this time. */
const GRACE_MS = 20;
const LOOK_EVERY_MS = 2;

/**
 * Which chunk of a rendition listeners of this process ask for right now. All chunks have the same init part, so one
 * that is asked for beside a segment far inside needs no encoder but that segment's.
 */
export class SoughtChunks {
  private readonly sought = new Map<string, number[]>();

  /** @returns a function that says that this one asks no more */
  enter(rendition: string, chunk: number): () => void {
    const chunks = this.sought.get(rendition) ?? [];
    this.sought.set(rendition, chunks);
    chunks.push(chunk);
    return () => {
      chunks.splice(chunks.indexOf(chunk), 1);
      if (chunks.length === 0) this.sought.delete(rendition);
    };
  }

  /** The chunk that is asked for now, or in a moment; the first when none is. */
  async soon(rendition: string): Promise<number> {
    for (const end = performance.now() + GRACE_MS; performance.now() < end; await pause(LOOK_EVERY_MS)) {
      const [chunk] = this.sought.get(rendition) ?? [];
      if (chunk !== undefined) return chunk;
    }
    return 0;
  }
}
