import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import { KEPT_SCHEME } from '../offline/kept-address';
import { ADAPTATION } from './adaptation';
import { registerAheadScheme } from './ahead-scheme';
import type { Fetched } from './first-bytes';
import { registerKeptScheme } from './kept-scheme';
import type { ShakaLibrary } from './queue-parser';

/** What a queue is played with: Shaka, and the element that it is attached to. */
export interface Stage {
  readonly library: ShakaLibrary;
  readonly player: shaka.Player;
  readonly audio: HTMLAudioElement;
}

/** Of a segment, on the timeline. */
export interface SegmentPlace {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What Shaka asks and tells. */
export interface StageDirections {
  /** The address as it has to be asked for by now. */
  readonly signed: (uri: string) => string;
  /** What comes already of what stands at an address. */
  readonly ahead: (address: string) => Promise<Fetched> | undefined;
  readonly onFetched: (place: SegmentPlace, address: string, sizeBytes: number) => void;
  readonly onAppended: (place: SegmentPlace) => void;
  readonly onError: (error: unknown) => void;
}

const STREAMING = {
  bufferingGoal: 40,
  rebufferingGoal: 0.5,
  retryParameters: { maxAttempts: 3, timeout: 35_000 },
  // An init part whose fetch ahead was aborted by a seek is not asked for again, and nothing plays any more.
  segmentPrefetchLimit: 0,
  // Places are exact: who goes to a track has not to wait for the end of the one before.
  inaccurateManifestTolerance: 0,
  // Shaka would try the other rungs of a track that is gone, and these ones again, for ever and without a word.
  maxDisabledTime: 0,
  // Of bytes that cannot be decoded we know better whose they are, and what plays in their place.
  allowMediaSourceRecoveries: false,
} as const;

/** `?engine=fallback` plays as browsers do that have none. Asked once: the address changes with every page. */
const asksForFallback =
  'location' in globalThis && new URLSearchParams(location.search).get('engine') === 'fallback';

export const hasMediaSource = (): boolean =>
  !asksForFallback && ('MediaSource' in globalThis || 'ManagedMediaSource' in globalThis);

/** @returns null where the browser has no Media Source that would do. Whoever asks destroys the player. */
export const setUpStage = async (
  audio: HTMLAudioElement,
  directions: StageDirections,
): Promise<Stage | null> => {
  if (!hasMediaSource()) return null;
  const { default: library } = await import('shaka-player/dist/shaka-player.dash-es2021');
  library.polyfill.installAll();
  registerKeptScheme(library, KEPT_SCHEME);
  registerAheadScheme(library, directions.ahead);
  if (!library.Player.isBrowserSupported()) return null;
  const player = new library.Player();
  await player.attach(audio);
  player.configure({ abr: ADAPTATION, streaming: STREAMING });
  const network = player.getNetworkingEngine();
  network?.registerRequestFilter((_type, request) => {
    request.uris = request.uris.map(directions.signed);
  });
  network?.registerResponseFilter((_type, { uri, data }, context) => {
    if (context?.type !== library.net.NetworkingEngine.AdvancedRequestType.MEDIA_SEGMENT) return;
    const { segment } = context;
    if (!segment) return;
    const place = { startSeconds: segment.getStartTime(), endSeconds: segment.getEndTime() };
    directions.onFetched(place, uri, data.byteLength);
  });
  player.addEventListener('segmentappended', (event: Event) => {
    if ('start' in event && 'end' in event)
      directions.onAppended({ startSeconds: Number(event.start), endSeconds: Number(event.end) });
  });
  player.addEventListener('error', (event: Event) =>
    directions.onError('detail' in event ? event.detail : event),
  );
  return { library, player, audio };
};

export const activeVariant = (player: shaka.Player): shaka.extern.Track | undefined =>
  player.getVariantTracks().find((track) => track.active);

export const variantOfRung = (player: shaka.Player, bitrateKbps: number): shaka.extern.Track | undefined =>
  player.getVariantTracks().find(({ bandwidth }) => bandwidth === bitrateKbps * 1000);

/** The line no longer decides; null: it does. What has no such rung is heard in the nearest one. */
export const keepToRung = (player: shaka.Player, bitrateKbps: number | null): void => {
  const restrictions =
    bitrateKbps === null
      ? { minBandwidth: 0, maxBandwidth: Infinity }
      : { minBandwidth: bitrateKbps * 1000, maxBandwidth: bitrateKbps * 1000 };
  player.configure({ abr: { restrictions } });
};
