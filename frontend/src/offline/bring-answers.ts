import { setKeptAnswers } from '../api/kept-answers-port';
import { keptUser } from './kept-user';

/** What is kept answers for a server that does not, and is loaded only then. */
export const bringKeptAnswers = (): void =>
  setKeptAnswers(async ({ method, url }) => {
    if (method !== 'GET' || keptUser() === null) return null;
    const { keptAnswer } = await import('./kept-answers');
    return keptAnswer(new URL(url).pathname);
  });
