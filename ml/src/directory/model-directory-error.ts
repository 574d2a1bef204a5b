export type RefusalCode =
  | 'NONE'
  | 'MISSING'
  | 'UNREADABLE_MANIFEST'
  | 'FOREIGN_VERSION'
  | 'DAMAGED_FILE'
  | 'NOT_FINITE'
  | 'NAME_TAKEN'
  | 'NOTHING_OLDER';

/** Why a model directory is not taken, in words for whoever looks after the server. */
export class ModelDirectoryError extends Error {
  override readonly name = 'ModelDirectoryError';

  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
