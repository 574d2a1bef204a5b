export type MediaErrorCode =
  | 'NO_FFMPEG'
  | 'FFMPEG_FAILED'
  /** Killed, standing still, or never started: whether the file is at fault, only another attempt can tell. */
  | 'SYSTEM_FAULT'
  | 'TIMED_OUT'
  | 'CANCELLED'
  | 'UNREADABLE'
  | 'EMPTY_FILE'
  | 'NOT_AUDIO'
  | 'NO_SAMPLES'
  | 'TRUNCATED'
  | 'UNDECODABLE'
  | 'TAGS_UNREADABLE'
  | 'READER_DIED'
  | 'TOO_LARGE'
  | 'BAD_IMAGE';

/** What this room throws: a stable code, and a sentence that a listener can act on. The program's own words are the cause. */
export class MediaError extends Error {
  override readonly name = 'MediaError';

  constructor(
    readonly code: MediaErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Of the system, and of no file: too many open files, no memory, no process. */
const EXHAUSTED = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);
const MISSING = new Set(['ENOENT', 'ENOTDIR']);

/** Turns an error of the file system into words; anything else is passed on as it is. */
export const fileError = (error: unknown): unknown => {
  const code = fieldOf(error, 'code');
  if (typeof code !== 'string') return error;
  if (MISSING.has(code))
    return new MediaError('UNREADABLE', 'The file is not there any more.', { cause: error });
  if (code === 'EACCES' || code === 'EPERM')
    return new MediaError('UNREADABLE', 'The file may not be read: its permissions forbid it.', {
      cause: error,
    });
  if (code === 'EISDIR')
    return new MediaError('NOT_AUDIO', 'This is a folder, not a file.', { cause: error });
  if (EXHAUSTED.has(code))
    return new MediaError('SYSTEM_FAULT', `The system is at its limits (${code}).`, { cause: error });
  return /^E[A-Z0-9]+$/.test(code)
    ? new MediaError('UNREADABLE', `The file cannot be read (${code}).`, { cause: error })
    : error;
};

/** A field of whatever was thrown. Errors of Node's own modules need not be instances of this realm's Error. */
export const fieldOf = (thrown: unknown, name: string): unknown =>
  typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;

export const systemFault = (cause: unknown): MediaError =>
  new MediaError('SYSTEM_FAULT', 'The program that reads this file was killed or could not be started.', {
    cause,
  });
