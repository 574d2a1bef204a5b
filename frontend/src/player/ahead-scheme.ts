import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import type { Fetched } from './first-bytes';
import type { ShakaLibrary } from './queue-parser';

/** Over the network, except for what was fetched before Shaka came to ask for it; what did not come is asked for anew. */
export const registerAheadScheme = (
  library: ShakaLibrary,
  take: (address: string) => Promise<Fetched> | undefined,
): void => {
  const { HttpFetchPlugin, NetworkingEngine } = library.net;
  for (const scheme of ['http', 'https'])
    NetworkingEngine.registerScheme(
      scheme,
      (uri, request, ...rest) => {
        // Shaka's own types leave open what it answers with.
        const plainly = () =>
          HttpFetchPlugin.parse(
            uri,
            request,
            ...rest,
          ) as shaka.extern.IAbortableOperation<shaka.extern.Response>;
        const coming = take(uri);
        if (!coming) return plainly();
        const answer = coming.then(
          (fetched) => ({ ...fetched, uri, originalUri: uri, headers: {}, originalRequest: request }),
          () => plainly().promise,
        );
        return new library.util.AbortableOperation(answer, () => Promise.resolve());
      },
      NetworkingEngine.PluginPriority.APPLICATION,
      true,
    );
};
