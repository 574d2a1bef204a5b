import { canKeep } from './can-keep';
import { keptUser } from './kept-user';
import { OfflineLibrary } from './offline-library';

let opened: { readonly userId: string; readonly library: Promise<OfflineLibrary | null> } | null = null;

/** That of the listener whose music this browser keeps; null where nobody's is kept, or nothing can be. */
export const currentLibrary = (): Promise<OfflineLibrary | null> => {
  const user = keptUser();
  return user === null ? Promise.resolve(null) : libraryOf(user.id);
};

/** Opened once a page; also where nothing was kept so far. */
export const libraryOf = (userId: string): Promise<OfflineLibrary | null> => {
  if (opened?.userId === userId) return opened.library;
  closeLibrary();
  const library = canKeep() ? OfflineLibrary.open(userId).catch(() => null) : Promise.resolve(null);
  opened = { userId, library };
  return library;
};

export const closeLibrary = (): void => {
  void opened?.library.then((library) => library?.close());
  opened = null;
};
