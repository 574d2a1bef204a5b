import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import { keptMusic } from './kept-music';
import type { ShakaLibrary } from './queue-parser';

const NOT_FOUND = 404;

/** What is kept in this browser, as an answer of the network: a part that is missing there is a part that is gone. */
export const registerKeptScheme = (library: ShakaLibrary, scheme: string): void => {
  const { Error: ShakaError, AbortableOperation } = library.util;
  const answer = async (uri: string, request: shaka.extern.Request): Promise<shaka.extern.Response> => {
    const data = await (await keptMusic())?.read(uri);
    if (!data) {
      const { CRITICAL } = ShakaError.Severity;
      const { NETWORK } = ShakaError.Category;
      throw new ShakaError(CRITICAL, NETWORK, ShakaError.Code.BAD_HTTP_STATUS, uri, NOT_FOUND, '', {});
    }
    // Says nothing about the line, so that what is streamed next is not asked for in the highest rung.
    return { uri, originalUri: uri, data, headers: {}, fromCache: true, originalRequest: request };
  };
  library.net.NetworkingEngine.registerScheme(scheme, (uri, request) =>
    AbortableOperation.notAbortable(answer(uri, request)),
  );
};
