/** The parts of a request that say where it comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a page of another origin made the browser send this: then cookies must not count.
 * Programs send neither header, and cookies are SameSite=Lax besides.
 */
export const isForeignWrite = (request: RequestOrigin, publicHost: string | null): boolean => {
  if (SAFE.has(request.method)) return false;
  if (request.fetchSite !== undefined && request.fetchSite !== 'same-origin' && request.fetchSite !== 'none')
    return true;
  if (request.origin === undefined) return false;
  const originHost = URL.parse(request.origin)?.host;
  return originHost !== request.host && (publicHost === null || originHost !== publicHost);
};
