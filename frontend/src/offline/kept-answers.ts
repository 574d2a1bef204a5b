import { currentLibrary } from './current-library';
import { keptUser } from './kept-user';

/** What the server answered at this path when it was asked for something that is kept; null where nothing was. */
export const keptAnswer = async (path: string): Promise<Response | null> => {
  const user = keptUser();
  if (user !== null && path === '/api/me') return Response.json(user);
  const library = await currentLibrary();
  const kept = await library?.answer(path);
  return kept === undefined ? null : Response.json(kept);
};
