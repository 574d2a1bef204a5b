/** What a URL path may mean among the exported pages, most exact first; dynamic routes fall back to their placeholder `_`. */
export const candidateFiles = (path: string): readonly string[] => {
  const clean = path.replace(/^\/+|\/+$/g, '');
  if (clean === '') return ['index.html'];
  if (/\.[a-z0-9]+$/i.test(clean)) return [clean, ...placeholder(clean)];
  return [`${clean}.html`, ...placeholder(`${clean}.html`)];
};

/** albums/<id>.html -> albums/_.html, albums/<id>.txt -> albums/_.txt, albums/<id>/__next.x.txt -> albums/_/__next.x.txt */
const placeholder = (file: string): readonly string[] => {
  const match = /^(albums|artists|genres|playlists|tracks)\/[^/]+?((?:\.html|\.txt)|\/__next\.[^/]+)$/.exec(
    file,
  );
  return match === null ? [] : [`${match[1]}/_${match[2]}`];
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  webp: 'image/webp',
  woff2: 'font/woff2',
  woff: 'font/woff',
  webmanifest: 'application/manifest+json',
};

export const contentTypeOf = (file: string): string =>
  TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Files under _next/static carry a hash of their content in their name; everything else is asked for again. */
export const cacheControlOf = (file: string): string =>
  file.startsWith('_next/static/') ? 'public, max-age=31536000, immutable' : 'no-cache';

/** What may be fetched before there is an administrator: the set-up page and what it is made of. */
export const isOpenBeforeSetup = (file: string): boolean =>
  /^(setup\.(html|txt)|setup\/__next\..*|_next\/.*|icon\..*|icons\/.*|apple-icon\..*|favicon\.ico|manifest\.webmanifest)$/.test(
    file,
  );
