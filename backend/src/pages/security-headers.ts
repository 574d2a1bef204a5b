/** Sent with every answer of this process, whatever its kind. */
export const baseHeaders = (https: boolean): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
});

/**
 * One policy for every page. Inline scripts of the export are allowed by their hashes, made at build:
 * a nonce in a page that a service worker keeps would be replayed.
 */
export const contentSecurityPolicy = (scriptHashes: readonly string[]): string =>
  [
    `default-src 'none'`,
    `script-src 'self' ${scriptHashes.map((hash) => `'${hash}'`).join(' ')}`.trim(),
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' blob: data:`,
    `media-src 'self' blob:`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types default`,
  ].join('; ');

/** For what is no page: nothing in it may run, should a browser ever show it as one. */
export const DATA_POLICY = `default-src 'none'; frame-ancestors 'none'`;
