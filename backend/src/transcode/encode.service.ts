import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { encodeRungs } from '../media/encode.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';
import type { ObjectStore } from '../storage/object-store.js';
import { EncodePace } from './encode-pace.js';
import type { EncodeSlot, EncodeSlots, EncodeUrgency } from './encode-slots.js';
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

const EMPTY_TABLE: SegmentTable = { initBytes: null, segmentBytes: [], segmentSamples: [] };

const REASON_LIMIT = 500;

/** Encodes renditions that this worker holds the leases of: those of one codec, or of one chunk of it, by one ffmpeg. */
export class EncodeService {
  /** By rendition, from its claim on. */
  private readonly paces = new Map<string, EncodePace>();

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
    this.paces.get(renditionId)?.hear(renditionId, true);
  }

  /** Nobody waits for this any more: it yields to what somebody waits for. */
  relax(renditionId: string): void {
    this.paces.get(renditionId)?.hear(renditionId, false);
  }

  /** Whether this worker encodes it, and nobody waits for it. */
  isRelaxed(renditionId: string): boolean {
    return this.paces.get(renditionId)?.isAwaited(renditionId) === false;
  }

  /** What messages would have told that were lost, or that came before this worker knew of its claim. */
  async lookAtListeners(): Promise<void> {
    const looks = new Map([...this.paces].map(([id, pace]) => [id, pace.look(id)]));
    if (looks.size === 0) return;
    for (const { id, awaited } of await this.leases.listenersOf([...looks.keys()])) looks.get(id)?.(awaited);
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
    const slot = this.slots.take(urgency, signal);
    const pace = new EncodePace(
      claimed.map((each) => each.id),
      urgency,
      slot,
    );
    for (const { id } of claimed) this.paces.set(id, pace);
    const looked = this.lookAtListeners().catch((error: unknown) =>
      log.debug({ error: errorMessage(error) }, 'could not look who waits'),
    );
    try {
      for (const each of claimed) {
        const output = await this.open(source, each, pace);
        outputs.push(output);
        // Before it has a byte: one that must yield stands still, and its row keeps it from being swept away.
        if (urgency === 'background')
          await this.leases.report(
            each,
            { ...EMPTY_TABLE, draftPath: output.file.draft.path, firstNew: 0 },
            false,
          );
      }
      await this.run(source, outputs, pace, slot, signal);
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
      slot.leave();
      for (const { id } of claimed) this.paces.delete(id);
      for (const { file } of outputs) await file.draft.discard();
      await looked;
    }
  }

  private async open(source: TrackSource, claimed: ClaimedRendition, pace: EncodePace): Promise<Output> {
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
      pace.isAwaited(claimed.id),
    );
    pace.attach(claimed.id, reporter);
    return { claimed, chunk, file, reporter, done: false };
  }

  private async run(
    source: TrackSource,
    outputs: readonly Output[],
    pace: EncodePace,
    slot: EncodeSlot,
    signal: AbortSignal,
  ): Promise<void> {
    const byRung = new Map(outputs.flatMap((output) => asEntry(rungOf(output.claimed), output)));
    try {
      await slot.admitted();
      await encodeRungs(this.tools, encodeSource(source), [...byRung.keys()], {
        signal,
        priority: pace.priority,
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
