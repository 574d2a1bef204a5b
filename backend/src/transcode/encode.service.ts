import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { encodeRungs } from '../media/encode.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import { ProgramPriority } from '../media/program-priority.js';
import type { ObjectStore } from '../storage/object-store.js';
import type { EncodeSlots, EncodeUrgency } from './encode-slots.js';
import { GrowthReporter } from './growth-reporter.js';
import { RENEW_EVERY_MS, type LeaseRepository } from './lease.repository.js';
import { peakKbps } from './peak-bitrate.js';
import { chunkOf, type Chunk } from './chunks.js';
import { Mp4Error } from './mp4-boxes.js';
import { rungOf, storageKeyOf, type ClaimedRendition } from './rendition.js';
import { RenditionFile, type SegmentTable } from './rendition-file.js';
import type { TrackSource } from './source.repository.js';
import { predictedTimeline, sameSegments, totalSamples } from './timeline.js';

/** One rendition of a running encode. */
interface Output {
  readonly claimed: ClaimedRendition;
  readonly chunk: Chunk;
  readonly file: RenditionFile;
  readonly reporter: GrowthReporter;
  /** Set when its row says ready: whatever befalls the others of its ffmpeg, this one stands. */
  done: boolean;
}

/** What listeners change in a running encode. */
interface Pace {
  /** Nobody waits for it. */
  relaxed: boolean;
  hurry(): void;
  relax(): void;
}

const EMPTY_TABLE: SegmentTable = { initBytes: null, segmentBytes: [], segmentSamples: [] };

const REASON_LIMIT = 500;

/** Encodes renditions that this worker holds the leases of: those of one codec, or of one chunk of it, by one ffmpeg. */
export class EncodeService {
  /** By rendition: the running encode, as far as listeners matter to it. */
  private readonly paces = new Map<string, Pace>();

  constructor(
    private readonly leases: LeaseRepository,
    private readonly store: ObjectStore,
    private readonly tools: FfmpegTools,
    private readonly slots: EncodeSlots,
    private readonly renewEveryMs: number = RENEW_EVERY_MS,
  ) {}

  /** How many encoders work at once. */
  get cores(): number {
    return this.slots.cores;
  }

  /** A listener waits for this; nothing happens unless this worker is encoding it. */
  hurry(renditionId: string): void {
    this.paces.get(renditionId)?.hurry();
  }

  /** Nobody waits for this any more: it yields to what somebody waits for. */
  relax(renditionId: string): void {
    this.paces.get(renditionId)?.relax();
  }

  isRelaxed(renditionId: string): boolean {
    return this.paces.get(renditionId)?.relaxed === true;
  }

  /**
   * Ends with each rendition ready, failed or given back.
   * @returns false when at least one failed and is queued again or failed for good.
   */
  async encode(
    source: TrackSource,
    claimed: readonly ClaimedRendition[],
    urgency: EncodeUrgency,
    stop: AbortSignal,
  ): Promise<boolean> {
    const lost = new AbortController();
    const signal = AbortSignal.any([stop, lost.signal]);
    const renewal = setInterval(() => void this.renew(claimed, lost), this.renewEveryMs);
    const outputs: Output[] = [];
    try {
      for (const each of claimed) {
        const output = await this.open(source, each, urgency);
        outputs.push(output);
        // Before it has a byte: one that must yield stands still, and its row keeps it from being swept away.
        if (urgency === 'background')
          await this.leases.report(
            each,
            { ...EMPTY_TABLE, draftPath: output.file.draft.path, firstNew: 0 },
            false,
          );
      }
      await this.run(source, outputs, urgency, signal);
      for (const output of outputs) await this.complete(source, output);
      return true;
    } catch (error) {
      const unfinished = claimed.filter(
        (each) => !outputs.some((output) => output.done && output.claimed === each),
      );
      for (const each of unfinished)
        await (signal.aborted ? this.leases.release(each) : this.leases.fail(each, reasonOf(error)));
      if (signal.aborted) return true;
      log.warn({ err: error, trackId: source.trackId }, 'an encoding failed');
      return false;
    } finally {
      clearInterval(renewal);
      for (const { claimed: each, file } of outputs) {
        this.paces.delete(each.id);
        await file.draft.discard();
      }
    }
  }

  private async open(
    source: TrackSource,
    claimed: ClaimedRendition,
    urgency: EncodeUrgency,
  ): Promise<Output> {
    const chunk = chunkOf(claimed.codec, predictedTimeline(claimed.codec, source), claimed.chunk);
    const draft = await this.store.createDraft();
    const file = new RenditionFile(draft, chunk, () => reporter.grown());
    const reporter = new GrowthReporter(
      () => ({
        draftPath: draft.path,
        initBytes: file.initBytes,
        segmentBytes: [...file.segmentBytes],
        segmentSamples: [...file.segmentSamples],
      }),
      (growth, withEvent) => this.leases.report(claimed, growth, withEvent),
      urgency === 'waiting',
    );
    return { claimed, chunk, file, reporter, done: false };
  }

  private async run(
    source: TrackSource,
    outputs: readonly Output[],
    urgency: EncodeUrgency,
    signal: AbortSignal,
  ): Promise<void> {
    const byRung = new Map(outputs.flatMap((output) => asEntry(rungOf(output.claimed), output)));
    const priority = new ProgramPriority(urgency === 'waiting' ? 'waiting' : 'idle');
    const slot = await this.slots.enter(urgency, signal);
    try {
      for (const { claimed, reporter } of outputs) {
        const pace: Pace = {
          relaxed: urgency === 'background',
          hurry: () => {
            pace.relaxed = false;
            slot.promote();
            priority.raise('waiting');
            reporter.hurry();
          },
          relax: () => {
            pace.relaxed = true;
            if (outputs.every((output) => this.isRelaxed(output.claimed.id))) slot.demote();
          },
        };
        this.paces.set(claimed.id, pace);
      }
      await encodeRungs(this.tools, encodeSource(source), [...byRung.keys()], {
        signal,
        priority,
        frames: outputs[0]?.chunk.frames,
        onChunk: async (rung, chunk) => {
          await slot.turn();
          await byRung.get(rung)?.file.take(chunk);
        },
      });
    } finally {
      slot.leave();
      for (const output of outputs) await output.reporter.settled();
    }
  }

  /** The file is on the disk under its own name before the row says so. */
  private async complete(source: TrackSource, output: Output): Promise<void> {
    const { claimed, chunk, file } = output;
    const finished = file.finish();
    const predicted = predictedTimeline(claimed.codec, source).samples;
    const real = predicted + totalSamples(finished.segmentSamples) - totalSamples(chunk.mediaSamples);
    if (!sameSegments(chunk.mediaSamples, finished.segmentSamples)) {
      // Only an end can lie elsewhere: what follows counts on all that comes before it.
      if (!chunk.isLast) throw new Mp4Error(`chunk ${chunk.number} is not as long as it should be`);
      log.warn(
        { ...claimed, predicted, real },
        'an encoding differs from its prediction; manifests will say what it is',
      );
    }
    const storageKey = storageKeyOf(claimed);
    await file.draft.commit(storageKey);
    output.done = await this.leases.complete(claimed, {
      ...finished,
      sampleCount: real,
      peakKbps: peakKbps(finished.segmentBytes, finished.segmentSamples, chunk.sampleRateHz),
      storageKey,
      encoderVersion: this.tools.version,
    });
    if (!output.done) await this.store.delete(storageKey);
  }

  private async renew(claimed: readonly ClaimedRendition[], lost: AbortController): Promise<void> {
    const ids = claimed.map((each) => each.id);
    try {
      const held = await this.leases.renew(ids);
      // Renditions of this ffmpeg that are ready already are no longer held, and that is well.
      if (held.length === 0) lost.abort(new Error('the lease was lost'));
      for (const { id, awaited } of held) if (!awaited) this.relax(id);
    } catch (error) {
      log.warn({ err: error }, 'a lease could not be renewed');
    }
  }
}

const asEntry = <K, V>(key: K | undefined, value: V): [K, V][] => (key === undefined ? [] : [[key, value]]);

const encodeSource = (source: TrackSource) => ({
  path: source.path,
  container: source.container,
  range: source.range,
  sampleRateHz: source.sampleRateHz,
  channels: source.channels,
  changesForm: source.changesForm,
  bitDepth: source.lossless ? source.bitDepth : null,
});

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${errorMessage(error.cause)}` : '';
  return (errorMessage(error) + cause).slice(0, REASON_LIMIT);
};
