import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import type { StreamCodec } from './codec-choice';
import { FOUND_EARLY_SECONDS, plannedSegments, type PlannedSegment } from './queue-references';
import { endSeconds, type PlacedItem } from './queue-timeline';

export const QUEUE_MIME_TYPE = 'application/x-kanade-queue';

/** Shaka as it was loaded: the parser builds its objects without importing the library a second time. */
export type ShakaLibrary = typeof shaka;

const CODEC_STRINGS: Readonly<Record<StreamCodec, string>> = {
  opus: 'opus',
  aac: 'mp4a.40.2',
  flac: 'flac',
};

/** FLAC has one rung and no bitrate of its own; Shaka only compares. */
const LOSSLESS_KBPS = 1000;

/** Beyond any queue: a media source that has come to its end has to be opened anew, which costs what was buffered. */
const OPEN_END_SECONDS = 1e8;

export interface Edit {
  readonly items: readonly PlacedItem[];
  readonly fromSeconds: number;
  readonly behindSeconds: number;
  /** More is to follow, whose place is not known yet. */
  readonly isOpen: boolean;
}

interface Rung {
  readonly bitrateKbps: number;
  readonly stream: shaka.extern.Stream;
  readonly index: shaka.media.SegmentIndex;
}

/**
 * A queue as one Shaka presentation of one codec: a stream a rung, all items in each stream's index, edited while it
 * plays. Made anew for each load; owned by QueueSession. It leans on internals of Shaka 5.2.12 (the widened append
 * windows, the forced switch), which gapless.spec.ts holds by what is heard.
 */
export class QueueParser implements shaka.extern.ManifestParser {
  readonly #timeline: shaka.media.PresentationTimeline;
  readonly #rungs: readonly Rung[];
  #player: shaka.extern.ManifestParser.PlayerInterface | null = null;

  constructor(
    private readonly library: ShakaLibrary,
    codec: StreamCodec,
    first: PlacedItem,
    /** Of the whole queue, whatever the first item lacks at the moment. */
    bitratesKbps: readonly number[],
  ) {
    this.#timeline = new library.media.PresentationTimeline(null, 0);
    this.#timeline.setStatic(true);
    this.#timeline.setDuration(OPEN_END_SECONDS);
    this.#rungs = bitratesKbps.map((bitrateKbps, id) => {
      const index = new library.media.SegmentIndex(this.#references([first], bitrateKbps));
      return { bitrateKbps, index, stream: streamOf(id, codec, bitrateKbps, index) };
    });
  }

  /**
   * Lays `items` from `fromSeconds` on, in place of whatever stood there, and lets go of what ends before
   * `behindSeconds`. What is buffered of the old ones is the player's to clear.
   */
  edit({ items, fromSeconds, behindSeconds, isOpen }: Edit): void {
    for (const { index, bitrateKbps } of this.#rungs) {
      index.fit(behindSeconds, Math.max(0, fromSeconds - FOUND_EARLY_SECONDS));
      // What stays ends where it always did: `fit` has cut it at the place where the next one is found.
      index.fit(behindSeconds, fromSeconds);
      const references = this.#references(items, bitrateKbps);
      if (references.length > 0) index.mergeAndEvict(references, behindSeconds);
    }
    const last = items.at(-1);
    this.#timeline.setDuration(isOpen ? OPEN_END_SECONDS : last ? endSeconds(last) : fromSeconds);
  }

  /** Tells the media source how long the timeline is by now. Only while it is open: Shaka loses its refusal. */
  announceDuration(): void {
    this.#player?.updateDuration();
  }

  /** Where the timeline ends; null while more is to follow. */
  get closedAtSeconds(): number | null {
    const duration = this.#timeline.getDuration();
    return duration < OPEN_END_SECONDS ? duration : null;
  }

  async start(
    _uri: string,
    player: shaka.extern.ManifestParser.PlayerInterface,
  ): Promise<shaka.extern.Manifest> {
    this.#player = player;
    const manifest: shaka.extern.Manifest = {
      presentationTimeline: this.#timeline,
      variants: this.#rungs.map(({ stream }, id) => variantOf(id, stream)),
      textStreams: [],
      imageStreams: [],
      chapterStreams: [],
      offlineSessionIds: [],
      sequenceMode: false,
      ignoreManifestTimestampsInSegmentsMode: false,
      type: 'KANADE',
      serviceDescription: null,
      nextUrl: null,
      periodCount: 1,
      gapCount: 0,
      isLowLatency: false,
      startTime: null,
    };
    await player.filter(manifest);
    return manifest;
  }

  stop(): Promise<void> {
    this.#player = null;
    return Promise.resolve();
  }

  configure(): void {}
  update(): void {}
  banLocation(): void {}
  onExpirationUpdated(): void {}
  onInitialVariantChosen(): void {}
  setMediaElement(): void {}

  #references(items: readonly PlacedItem[], bitrateKbps: number): shaka.media.SegmentReference[] {
    return items.flatMap((item) => {
      const segments = plannedSegments(item, bitrateKbps);
      const initUri = segments[0]?.initUri ?? '';
      const init = new this.library.media.InitSegmentReference(() => [initUri], 0, null);
      return segments.map((segment) => this.#reference(segment, init));
    });
  }

  #reference(segment: PlannedSegment, init: shaka.media.InitSegmentReference): shaka.media.SegmentReference {
    return new this.library.media.SegmentReference(
      segment.startSeconds,
      segment.endSeconds,
      () => [segment.uri],
      0,
      null,
      init,
      segment.timestampOffsetSeconds,
      segment.appendWindowStartSeconds,
      segment.appendWindowEndSeconds,
    );
  }
}

const streamOf = (
  id: number,
  codec: StreamCodec,
  bitrateKbps: number,
  segmentIndex: shaka.media.SegmentIndex,
): shaka.extern.Stream => ({
  id,
  originalId: `${codec}-${bitrateKbps}`,
  groupId: null,
  createSegmentIndex: () => Promise.resolve(),
  segmentIndex,
  mimeType: 'audio/mp4',
  codecs: CODEC_STRINGS[codec],
  supplementalCodecs: '',
  bandwidth: (bitrateKbps || LOSSLESS_KBPS) * 1000,
  encrypted: false,
  drmInfos: [],
  keyIds: new Set(),
  language: 'und',
  originalLanguage: 'und',
  label: null,
  type: 'audio',
  primary: true,
  trickModeVideo: null,
  dependencyStream: null,
  emsgSchemeIdUris: null,
  roles: [],
  forced: false,
  channelsCount: 2,
  audioSamplingRate: null,
  spatialAudio: false,
  closedCaptions: null,
  accessibilityPurpose: null,
  external: false,
  fastSwitching: false,
  fullMimeTypes: new Set([`audio/mp4; codecs="${CODEC_STRINGS[codec]}"`]),
  isAudioMuxedInVideo: false,
  baseOriginalId: null,
  isIframe: false,
});

const variantOf = (id: number, stream: shaka.extern.Stream): shaka.extern.Variant => ({
  id,
  language: 'und',
  disabledUntilTime: 0,
  primary: true,
  audio: stream,
  video: null,
  bandwidth: stream.bandwidth ?? 0,
  allowedByApplication: true,
  allowedByKeySystem: true,
  decodingInfos: [],
});
