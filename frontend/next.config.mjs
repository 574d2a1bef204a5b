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
  turbopack: { root: repositoryRoot },
};

export default config;
