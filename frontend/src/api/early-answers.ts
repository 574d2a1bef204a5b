/** Address -> what was asked for by the page's own head, before a script had come (`scripts/early-answers.mjs`). */
const early = (): Record<string, Promise<Response> | undefined> =>
  (Reflect.get(globalThis, 'kanadeEarly') ?? {}) as Record<string, Promise<Response> | undefined>;

/** Later than this it may not be true any more. */
const FRESH_MS = 10_000;

const nameOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address);
  return searchParams.size > 0 ? `${pathname}?${searchParams.toString()}` : pathname;
};

/** As `fetch`; what is on its way already is not asked for again, once, and what was refused is. */
export const fetchOrEarly = (request: Request): Promise<Response> => {
  const waiting = early();
  const name = nameOf(request.url);
  const coming = request.method === 'GET' ? waiting[name] : undefined;
  if (!coming) return fetch(request);
  waiting[name] = undefined;
  if (performance.now() > FRESH_MS) return fetch(request);
  return coming.then(
    (answer) => (answer.ok ? answer : fetch(request)),
    () => fetch(request),
  );
};
