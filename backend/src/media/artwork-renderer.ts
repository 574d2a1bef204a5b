import { fileURLToPath } from 'node:url';
import type { RenderedArtwork } from './artwork-sizes.js';
import { type ChildLaunch, KillableChild } from './killable-child.js';
import { MediaError } from './media-error.js';

export interface ArtworkRequest {
  readonly source: Uint8Array;
}
export type ArtworkAnswer = { readonly artwork: RenderedArtwork } | { readonly problem: string };

const LIMITS = { heapMb: 96, residentMb: 224, timeoutMs: 60_000, nativeCode: true };
const COMPLAINTS = {
  died: 'This cover brings the reader of pictures down.',
  tooLarge: 'This cover takes more memory than any picture of music needs.',
  timedOut: 'This cover keeps the reader of pictures busy without end.',
};

/** Renders covers in a child process, one at a time, since a picture can be a bomb. Whoever makes it closes it. */
export class ArtworkRenderer {
  private readonly child: KillableChild<ArtworkRequest, ArtworkAnswer>;
  private last: Promise<unknown> = Promise.resolve();

  constructor(launch?: ChildLaunch) {
    const file = fileURLToPath(new URL('./artwork-child.js', import.meta.url));
    this.child = new KillableChild(launch ?? { file, execArgv: [] }, LIMITS, COMPLAINTS);
  }

  /** Throws MediaError BAD_IMAGE, READER_DIED, TOO_LARGE or TIMED_OUT; the next cover is not harmed by it. */
  render(source: Uint8Array): Promise<RenderedArtwork> {
    const work = this.last.then(() => this.child.ask({ source })).then(unpack);
    this.last = work.catch(() => undefined);
    return work;
  }

  close(): void {
    this.child.close();
  }
}

function unpack(answer: ArtworkAnswer): RenderedArtwork {
  if ('artwork' in answer) return answer.artwork;
  throw new MediaError('BAD_IMAGE', answer.problem);
}
