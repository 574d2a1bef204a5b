/**
 * What the server finds wrong with files, folders and itself, by the codes it tells. `detail`: its own words say more
 * than the page can, such as how many files, and follow.
 */
export const FAULTS = {
  EMPTY_FILE: { detail: false },
  NOT_AUDIO: { detail: false },
  NO_SAMPLES: { detail: false },
  UNDECODABLE: { detail: false },
  TRUNCATED: { detail: false },
  TAGS_UNREADABLE: { detail: false },
  EACCES: { detail: false },
  EPERM: { detail: false },
  UNREADABLE: { detail: true },
  TIMED_OUT: { detail: true },
  TOO_LARGE: { detail: true },
  READER_DIED: { detail: true },
  FFMPEG_FAILED: { detail: true },
  CUE_SHEET: { detail: true },
  ROOT_ABSENT: { detail: true },
  ROOT_EMPTY: { detail: true },
  ROOT_REPLACED: { detail: true },
  MANY_FILES_GONE: { detail: true },
  LIBRARY_HELD: { detail: true },
  FFMPEG_DEGRADED: { detail: true },
  OPEN_FILES_LOW: { detail: true },
  SEARCH_SLOW: { detail: true },
} as const;
export type FaultCode = keyof typeof FAULTS;

export const isFault = (code: string): code is FaultCode => Object.hasOwn(FAULTS, code);

/** Why a wish was refused, by the codes that somebody can do something about. */
const REFUSALS = [
  'USERNAME_TAKEN',
  'LAST_ADMINISTRATOR',
  'TOO_MANY_KEYS',
  'TOO_MANY_REQUESTS',
  'FORBIDDEN',
  'WRONG_PASSWORD',
  'INVALID_BODY',
  'OFFLINE',
  'DATABASE_UNAVAILABLE',
] as const;

export const refusalOf = (code: string): (typeof REFUSALS)[number] | null =>
  REFUSALS.find((each) => each === code) ?? null;
