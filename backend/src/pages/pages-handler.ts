import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControlOf, candidateFiles, contentTypeOf, isOpenBeforeSetup } from './page-files.js';
import type { PageFile, PageLibrary } from './page-library.js';
import { contentSecurityPolicy } from './security-headers.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const encodingFor = (
  accepts: string,
  file: PageFile,
): { readonly name: string | null; readonly body: Buffer } => {
  if (file.encoded.br !== null && /\bbr\b/.test(accepts)) return { name: 'br', body: file.encoded.br };
  if (file.encoded.gzip !== null && /\bgzip\b/.test(accepts))
    return { name: 'gzip', body: file.encoded.gzip };
  return { name: null, body: file.bytes };
};

const pathOf = (url: string): string | null => {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return null;
  }
};

/** Serves the exported pages; until somebody has set Kanade up, every page leads to /setup. */
export const pagesHandler = (pages: PageLibrary, isSetUp: () => Promise<boolean>): Handler => {
  const policy = contentSecurityPolicy(pages.scriptHashes);

  const send = (request: IncomingMessage, response: ServerResponse, file: PageFile, status: number): void => {
    const { name, body } = encodingFor(String(request.headers['accept-encoding'] ?? ''), file);
    response.setHeader('content-type', contentTypeOf(file.name));
    response.setHeader('cache-control', status === 200 ? cacheControlOf(file.name) : 'no-store');
    response.setHeader('etag', file.etag);
    response.setHeader('vary', 'accept-encoding');
    response.setHeader('content-security-policy', policy);
    if (status === 200 && request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end();
      return;
    }
    if (name !== null) response.setHeader('content-encoding', name);
    response.writeHead(status, { 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request.url ?? '/');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const found = path === null ? null : await pages.find(candidateFiles(path));
    if ((found === null || !isOpenBeforeSetup(found.name)) && !(await isSetUp())) {
      response.writeHead(307, { location: '/setup', 'cache-control': 'no-store' }).end();
      return;
    }
    if (found !== null) {
      send(request, response, found, 200);
      return;
    }
    const missing = await pages.find(['404.html']);
    if (missing === null) response.writeHead(404).end();
    else send(request, response, missing, 404);
  };

  return (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(503, { 'retry-after': '2' });
      response.end();
    });
  };
};
