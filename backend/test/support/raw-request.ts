import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The certificate that is trusted, for https. */
  readonly certificate?: string;
}

/** One request as a program sends it: fetch would hide cookies, choose some headers itself and know no certificate of ours. */
export const rawRequest = async (url: URL | string, options: RawOptions = {}): Promise<RawAnswer> => {
  const { method = 'GET', headers = {}, body, certificate } = options;
  const target = new URL(url);
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const request = send(target, {
    method,
    agent: false,
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(certificate === undefined ? {} : { ca: certificate }),
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>; // Node types no event of `once`.
  request.end(text);
  const [response] = await answered;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(response, 'end');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  };
};
