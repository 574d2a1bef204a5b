import { ApiError } from '../api/api-error';

/** Why a track does not play, in the few kinds that a listener can do something about. */
export type FailureKind = 'offline' | 'missing' | 'preparing' | 'forbidden' | 'unsupported' | 'unknown';

/** Shaka throws plain objects: category 1 is the network, 3 the media; `data[1]` of a bad status (1001) is that status. */
interface ShakaFailure {
  readonly category: number;
  readonly code: number;
  readonly data: readonly unknown[];
}

const NETWORK = 1;
const BAD_HTTP_STATUS = 1001;

const isShakaFailure = (error: unknown): error is ShakaFailure =>
  typeof error === 'object' &&
  error !== null &&
  'category' in error &&
  typeof error.category === 'number' &&
  'code' in error &&
  typeof error.code === 'number' &&
  'data' in error &&
  Array.isArray(error.data);

/** What the element itself tells. */
const isMediaError = (error: unknown): error is { readonly code: number; readonly message: string } =>
  typeof MediaError !== 'undefined' && error instanceof MediaError;

/** 0 means that the failure carries no HTTP status. */
export const httpStatusOf = (error: unknown): number => {
  if (error instanceof ApiError) return error.status;
  if (isShakaFailure(error) && error.code === BAD_HTTP_STATUS) return Number(error.data[1]) || 0;
  return 0;
};

/** The address that could not be had; null where the failure is not about one. */
export const failedAddressOf = (error: unknown): string | null => {
  if (!isShakaFailure(error) || error.category !== NETWORK) return null;
  const [uri] = error.data;
  return typeof uri === 'string' ? uri : null;
};

/** The track whose segment could not be had; null where the failure is not about an address. */
export const failedTrackOf = (error: unknown): string | null =>
  /\/media\/([0-9a-f-]{36})\//.exec(failedAddressOf(error) ?? '')?.[1] ?? null;

export interface FailedRung {
  readonly trackId: string;
  readonly bitrateKbps: number;
}

/** No answer came: of the server, or of this one part. */
export const isUnanswered = (error: unknown): boolean =>
  isShakaFailure(error) && error.category === NETWORK && UNANSWERED.includes(error.code);

/** A network that swallows everything: no other rung would fare better, and each would be waited for. */
const TIMEOUT = 1003;
const HTTP_ERROR = 1002;
const UNANSWERED: readonly number[] = [HTTP_ERROR, TIMEOUT];
/** What a server says of this one part: it is not there, or it could not be made. */
const isAboutThePart = (status: number): boolean => status === 404 || status === 410 || status >= 500;

/** The rung of a track that could not be had; null where the failure says as much of all others. */
export const failedRungOf = (error: unknown): FailedRung | null => {
  if (!isShakaFailure(error) || error.code === TIMEOUT) return null;
  if (error.code === BAD_HTTP_STATUS && !isAboutThePart(httpStatusOf(error))) return null;
  return rungOfAddress(failedAddressOf(error) ?? '');
};

/** Whose part lies at an address. */
export const rungOfAddress = (address: string): FailedRung | null => {
  const [, trackId, kbps] = /\/media\/([0-9a-f-]{36})\/[^/]+\/[a-z]+-(\d+)\//.exec(address) ?? [];
  return trackId === undefined ? null : { trackId, bitrateKbps: Number(kbps) };
};

const MEDIA = 3;
const PLAYED_WRONG = 3016;
/** The buffer is full; streaming is forbidden at the moment. */
const HARMLESS: readonly number[] = [3017, 3024];

/** Bytes that came whole are what fails, and not the way to them. */
export const isDamage = (error: unknown): boolean =>
  isMediaError(error) ||
  (isShakaFailure(error) && error.category === MEDIA && !HARMLESS.includes(error.code));

/** The browser refused bytes as it took them in, and not as it played them. */
export const isRefusedAtAppend = (error: unknown): boolean => {
  if (isMediaError(error)) return error.message.includes('APPEND');
  if (!isShakaFailure(error) || error.category !== MEDIA) return false;
  return error.code !== PLAYED_WRONG || error.data.some((each) => String(each).includes('APPEND'));
};

/** The rung that Shaka names in a failure of any kind. */
export const rungOfError = (error: unknown): FailedRung | null =>
  isShakaFailure(error)
    ? (error.data.map((each) => rungOfAddress(String(each))).find((rung) => rung !== null) ?? null)
    : null;

const ofStatus = (status: number): FailureKind => {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'missing';
  if (status === 409 || status === 503 || status === 425) return 'preparing';
  return status === 415 ? 'unsupported' : 'unknown';
};

const MEDIA_CATEGORIES: readonly number[] = [MEDIA, 4, 5];
const CRITICAL = 2;

/** Of Shaka's errors those after which it does not go on by itself. */
export const isCritical = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'severity' in error && error.severity === CRITICAL;

const LOAD_INTERRUPTED = 7000;

/** Something else was begun meanwhile. */
export const isInterrupted = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === LOAD_INTERRUPTED;

export function failureOf(error: unknown): FailureKind {
  const status = httpStatusOf(error);
  if (status > 0) return ofStatus(status);
  if (error instanceof ApiError) return error.code === 'OFFLINE' ? 'offline' : 'unknown';
  if (isShakaFailure(error)) {
    if (error.category === NETWORK) return 'offline';
    return MEDIA_CATEGORIES.includes(error.category) ? 'unsupported' : 'unknown';
  }
  return 'unknown';
}
