import type { ModelStore, StoredModel } from './model-store.js';
import { ModelDirectoryError } from './model-directory-error.js';

export interface Look {
  /** Whether another model is served from now on. */
  readonly isNew: boolean;
  /** Why what is current is not taken; the one before stays. */
  readonly refusal: ModelDirectoryError | null;
}

/** The current model in memory, made once a version. Whoever holds the one before keeps it until they let it go. */
export class ServedModel<T> {
  private served: { readonly version: string; readonly made: T } | null = null;

  constructor(
    private readonly store: ModelStore,
    private readonly make: (model: StoredModel) => T,
  ) {}

  get current(): { readonly version: string; readonly made: T } | null {
    return this.served;
  }

  /** Takes what is current now. Never throws for what stands in the directory: a broken model is refused with words. */
  async look(): Promise<Look> {
    try {
      const version = await this.store.currentVersion();
      if (version === null) throw new ModelDirectoryError('NONE', 'no model is current');
      if (version === this.served?.version) return { isNew: false, refusal: null };
      this.served = { version, made: this.make(await this.store.read(version)) };
      return { isNew: true, refusal: null };
    } catch (error) {
      return { isNew: false, refusal: refusalOf(error) };
    }
  }
}

function refusalOf(error: unknown): ModelDirectoryError {
  if (error instanceof ModelDirectoryError) return error;
  // What makes the model knows more of its numbers than the directory does, and says so with a RangeError.
  if (error instanceof RangeError)
    return new ModelDirectoryError('DAMAGED_FILE', error.message, { cause: error });
  // A manifest with all fields, one of which is something else than this format has there.
  if (error instanceof TypeError)
    return new ModelDirectoryError(
      'UNREADABLE_MANIFEST',
      `the manifest is not of this format: ${error.message}`,
      {
        cause: error,
      },
    );
  throw error;
}
