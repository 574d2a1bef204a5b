import { ApiError } from '../api/api-error';
import { api, body } from '../api/client';
import type { StreamCodec } from '../player/codec-choice';
import type { GrantedItem } from '../player/queue-timeline';
import { missingParts } from './download-plan';
import { partAt } from './kept-address';
import { keepPicture } from './kept-pictures';
import { INIT_PART, type KeptTrack } from './kept';
import type { OfflineLibrary } from './offline-library';

export interface Wish {
  readonly codec: StreamCodec;
  readonly bitrateKbps: number;
}

/** @throws ApiError as the server refuses it, or does not answer */
const fetchPart = async (address: string, signal: AbortSignal): Promise<ArrayBuffer> => {
  const answer = await fetch(address, { signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ApiError('OFFLINE', 0, 'the server did not answer', { cause });
  });
  if (!answer.ok) throw new ApiError(`HTTP_${answer.status}`, answer.status, answer.statusText);
  return answer.arrayBuffer();
};

/** The rung that comes nearest to what is wished. */
const chosenRung = ({ rungs }: GrantedItem, { bitrateKbps }: Wish) =>
  [...rungs].sort((a, b) => Math.abs(a.bitrateKbps - bitrateKbps) - Math.abs(b.bitrateKbps - bitrateKbps))[0];

const granted = async (trackId: string, wish: Wish, signal: AbortSignal) => {
  const wanted = { trackIds: [trackId], codec: wish.codec };
  const { items } = await body(api.POST('/api/playback', { body: wanted, signal }));
  const [item] = items;
  const rung = item && chosenRung(item, wish);
  const place = rung && partAt(rung.init);
  if (!item || !rung || !place) throw new ApiError('NOTHING_GRANTED', 404, 'no rendition was granted');
  return { item, rung, rendition: place.rendition };
};

/** What its row, its page and its waveform are drawn from. */
const keepFacts = async (library: OfflineLibrary, trackId: string, signal: AbortSignal): Promise<void> => {
  const detail = await body(api.GET('/api/tracks/{id}', { params: { path: { id: trackId } }, signal }));
  await library.keepAnswer(`/api/tracks/${trackId}`, detail);
  if (detail.artwork) await keepPicture(detail.artwork.id).catch(() => undefined);
};

/** Fetches what is not there yet of one track, part by part: what came before a crash is not asked for again. */
export const downloadTrack = async (
  library: OfflineLibrary,
  trackId: string,
  wish: Wish,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> => {
  // Begun in another quality: it goes on as it was begun.
  const begun = library.track(trackId);
  let grant = await granted(trackId, begun ?? wish, signal);
  const { item } = grant;
  const track: KeptTrack = { ...grant.rendition, item: { ...item, rungs: [] }, whole: false, sizeBytes: 0 };
  const there = await library.begin(track);
  await keepFacts(library, trackId, signal);
  const missing = missingParts(item.segmentCount, there);
  for (const [at, number] of missing.entries()) {
    onShare((item.segmentCount + 1 - missing.length + at) / (item.segmentCount + 1));
    const address = () =>
      number === INIT_PART ? grant.rung.init : grant.rung.segments.replace('$Number$', String(number));
    const bytes = await fetchPart(address(), signal).catch(async (error: unknown) => {
      // A signature lasts ten minutes.
      if (!(error instanceof ApiError) || error.status !== 403) throw error;
      grant = await granted(trackId, track, signal);
      return fetchPart(address(), signal);
    });
    await library.addPart(track, number, bytes);
  }
  await library.finish(track);
};
