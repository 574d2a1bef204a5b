import { dirname } from 'node:path';

const repositoryRoot = dirname(import.meta.dirname);

/** A static export: the API process serves `out/` on its own origin, so there is no second server and no rendering beside the audio. */
/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  trailingSlash: false,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  outputFileTracingRoot: repositoryRoot,
  turbopack: {
    root: repositoryRoot,
    // What a message says is worked out while building, so that no page carries ICU's grammar: next-intl's own
    // `precompile`, without the server that its plugin asks for.
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
    rules: {
      '*.json': {
        condition: { path: /\/messages\/[a-z]+\.json$/ },
        loaders: [
          {
            loader: 'next-intl/extractor/catalogLoader',
            options: { messages: { format: 'json', precompile: true } },
          },
        ],
        as: '*.js',
      },
    },
  },
};

export default config;
