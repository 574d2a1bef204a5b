import { closeLibrary } from './current-library';
import { canKeep } from './can-keep';
import { dropAllPictures } from './kept-pictures';
import { forgetUser } from './kept-user';
import { deleteOfflineDbs } from './offline-db';

/** Everything that this browser keeps: of all listeners, or of all but one. Its key goes with it. */
export const forgetKept = async (except: string | null = null): Promise<void> => {
  if (except === null) {
    forgetUser();
    closeLibrary();
  }
  if (!canKeep()) return;
  await deleteOfflineDbs(except);
  if (except === null) await dropAllPictures();
};
