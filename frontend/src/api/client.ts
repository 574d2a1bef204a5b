import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError, apiErrorFrom } from './api-error';
import { fetchOrEarly } from './early-answers';
import { keptAnswerTo } from './kept-answers-port';
import { sayOnline } from './reachability';
import type { paths } from './types';

/** What a GET of this path answers. Every named shape comes from the paths, so regenerating `types.ts` keeps this file. */
type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;
type ItemOf<T> = T extends { readonly items: readonly (infer I)[] } ? I : never;

export type User = Answer<'/api/me'>;
export type Health = Answer<'/api/health'>;
export type LibraryStatus = Answer<'/api/library/status'>;
export type TrackSummary = ItemOf<Answer<'/api/tracks'>>;
export type TrackDetail = Answer<'/api/tracks/{id}'>;
export type AlbumSummary = ItemOf<Answer<'/api/albums'>>;
export type AlbumDetail = Answer<'/api/albums/{id}'>;
export type ArtistSummary = ItemOf<Answer<'/api/artists'>>;
export type ArtistDetail = Answer<'/api/artists/{id}'>;
export type Genre = ItemOf<Answer<'/api/genres'>>;
export type PlaylistSummary = ItemOf<Answer<'/api/playlists'>>;
export type PlaylistDetail = Answer<'/api/playlists/{id}'>;
/** What a list by a rule is made of; null in a detail is a list in an order of its own. */
export type SmartRules = NonNullable<PlaylistDetail['rules']>;
export type SmartPreview =
  paths['/api/playlists/preview']['post']['responses'][200]['content']['application/json'];
export type PlaylistEntry = ItemOf<Answer<'/api/playlists/{id}/entries'>>;
/** The grouped answer; with `type` the same route gives a page of one kind instead. */
export type SearchAnswer = Extract<Answer<'/api/search'>, { top: unknown }>;
export type SearchTop = NonNullable<SearchAnswer['top']>;
export type PlaybackGrant = Answer<'/api/tracks/{id}/playback'>;
export type QueueGrant = paths['/api/playback']['post']['responses'][200]['content']['application/json'];
export type SharedMusic = paths['/api/shares/look']['post']['responses'][200]['content']['application/json'];
export type LikedKind = paths['/api/me/opinions/{kind}/{id}']['put']['parameters']['path']['kind'];
export type SavedQueue = Answer<'/api/me/queue'>;
export type QueueBody = paths['/api/me/queue']['put']['requestBody']['content']['application/json'];
export type QueuedTrack = ItemOf<Answer<'/api/me/queue/tracks'>>;
export type PlayEvent = paths['/api/plays']['post']['requestBody']['content']['application/json'][number];
export type HistoryEntry = ItemOf<Answer<'/api/me/history'>>;
export type LikedThing = ItemOf<Answer<'/api/me/likes/{kind}'>>['item'];
export type Home = Answer<'/api/home'>;
export type Weekly = Answer<'/api/recommendations/discover-weekly'>;
export type WeeklyItem = Weekly['items'][number];
export type HomeRow = Home['rows'][number];
export type Artwork = NonNullable<TrackSummary['artwork']>;
export type ArtistCredit = TrackSummary['artists'][number];
export type Master = NonNullable<TrackSummary['master']>;
export type TrackSort = 'title' | 'artist' | 'added';
export type AlbumSort = 'title' | 'artist' | 'added' | 'year';
export type ArtistSort = 'name' | 'added' | 'tracks';
type AlbumQuery = NonNullable<paths['/api/albums']['get']['parameters']['query']>;
type ArtistQuery = NonNullable<paths['/api/artists']['get']['parameters']['query']>;
export type ReleaseType = NonNullable<AlbumQuery['releaseType']>;
export type ArtistRole = NonNullable<ArtistQuery['role']>;
export type YearStatistics = Answer<'/api/me/statistics/{year}'>;

/** What a proxy says whose server is away, and a server that is starting. */
const NOT_THERE: readonly number[] = [502, 503, 504];

const problemsAreThrown: Middleware = {
  async onResponse({ response, request }) {
    if (response.status < 500) sayOnline(true);
    const kept = NOT_THERE.includes(response.status) ? await keptAnswerTo(request) : null;
    if (kept) return kept;
    if (!response.ok) throw await apiErrorFrom(response);
  },
  async onError({ error, request }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    sayOnline(false);
    const kept = await keptAnswerTo(request);
    if (kept) return kept;
    return new ApiError('OFFLINE', 0, 'the server did not answer', { cause: error });
  },
};

export const api = createClient<paths>({ credentials: 'same-origin', fetch: fetchOrEarly });
api.use(problemsAreThrown);

/** Refusals are thrown by the middleware, so an answer without a body here means a server that broke its contract. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw new ApiError('EMPTY_ANSWER', 200, 'the server answered without a body');
  return data;
}
