/** What is kept for the time without a server; null where nothing is kept for this request. */
export type KeptAnswers = (request: Request) => Promise<Response | null>;

let kept: KeptAnswers = () => Promise.resolve(null);

/** Told once, as the page begins. */
export const setKeptAnswers = (answers: KeptAnswers): void => {
  kept = answers;
};

/** Never rejects. */
export const keptAnswerTo: KeptAnswers = (request) => kept(request).catch(() => null);
