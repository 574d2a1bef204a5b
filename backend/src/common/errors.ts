/** Every code that leaves the service, with its HTTP status: a new code does not compile until it has one. */
export const ERROR_STATUS = {
  BAD_REQUEST: 400,
  INVALID_BODY: 400,
  INVALID_QUERY: 400,
  INVALID_CURSOR: 400,
  INVALID_ID: 400,
  UNSUPPORTED_SIZE: 400,
  BAD_IMAGE: 400,
  BODY_TOO_LARGE: 400,
  NOT_SIGNED_IN: 401,
  WRONG_CREDENTIALS: 401,
  WRONG_PASSWORD: 403,
  FORBIDDEN: 403,
  FOREIGN_ORIGIN: 403,
  SETUP_REQUIRED: 403,
  BAD_SIGNATURE: 403,
  NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  KEY_NOT_FOUND: 404,
  INVITATION_NOT_FOUND: 404,
  LIBRARY_NOT_FOUND: 404,
  SHARE_NOT_FOUND: 404,
  TRACK_NOT_FOUND: 404,
  ALBUM_NOT_FOUND: 404,
  ARTIST_NOT_FOUND: 404,
  ARTWORK_NOT_FOUND: 404,
  PLAYLIST_NOT_FOUND: 404,
  ENTRY_NOT_FOUND: 404,
  PLAY_NOT_FOUND: 404,
  LIST_NOT_FOUND: 404,
  BLOCK_NOT_FOUND: 404,
  EXCLUSION_NOT_FOUND: 404,
  SEGMENT_NOT_FOUND: 404,
  NO_EARLIER_MODEL: 409,
  ALREADY_SET_UP: 409,
  USERNAME_TAKEN: 409,
  LAST_ADMINISTRATOR: 409,
  TOO_MANY_KEYS: 409,
  TOO_MANY_SHARES: 409,
  PLAYLIST_CHANGED: 409,
  PLAYLIST_FULL: 409,
  PLAYLIST_IS_SMART: 409,
  TOO_MANY_PLAYLISTS: 409,
  DUPLICATE_ENTRIES: 409,
  QUEUE_CHANGED: 409,
  TRACK_NOT_READY: 409,
  TRACK_REJECTED: 409,
  TRACK_MISSING: 409,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  DATABASE_UNAVAILABLE: 503,
  RULES_TOO_SLOW: 503,
  IMPORT_TOO_SLOW: 503,
  ENCODER_FAILED: 503,
  ENCODER_BUSY: 503,
  STARTING: 503,
} as const satisfies Record<string, number>;

export type DomainErrorCode = keyof typeof ERROR_STATUS;

export interface DomainErrorOptions extends ErrorOptions {
  /** The field or parameter that is wrong. */
  readonly field?: string;
  /** When it makes sense to try again. */
  readonly retryAfterSeconds?: number;
  /** What stands there now, for a change that was made of something older. */
  readonly current?: object;
}

/** What a room throws; only the filter knows of HTTP. */
export class DomainError extends Error {
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly current: object | undefined;

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options);
    this.name = 'DomainError';
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.current = options.current;
  }
}
