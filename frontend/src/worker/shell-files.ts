/** Pages of one thing each are exported once, under this name in the id's place. */
const PLACEHOLDER = /^\/(albums|artists|genres|playlists|tracks)\/[^/]+?(\.txt|\/__next\.[^/]+)?$/;

/** Which exported file stands for an address that is no file itself; the server answers by the same rule. */
export const shellFileOf = (pathname: string): string | null => {
  const [, kind, rest] = PLACEHOLDER.exec(pathname) ?? [];
  return kind === undefined ? null : `/${kind}/_${rest ?? '.html'}`;
};
