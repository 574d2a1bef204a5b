/** Each option once: its flag, its variable, and what it is for (shown by --help). A flag beats its variable. */
export const OPTIONS = {
  music: {
    flag: 'music',
    variable: 'KANADE_MUSIC',
    value: 'DIR',
    help: 'a folder of music; may be repeated, a library each (variable: separated by the system’s path separator)',
  },
  data: {
    flag: 'data',
    variable: 'KANADE_DATA',
    value: 'DIR',
    help: 'where Kanade keeps its own files (default ./data)',
  },
  port: { flag: 'port', variable: 'KANADE_PORT', value: 'N', help: 'port to listen on (default 7700)' },
  host: {
    flag: 'host',
    variable: 'KANADE_HOST',
    value: 'ADDRESS',
    help: 'address to listen on (default 127.0.0.1)',
  },
  tlsCert: { flag: 'tls-cert', variable: 'KANADE_TLS_CERT', value: 'FILE', help: 'certificate chain, PEM' },
  tlsKey: { flag: 'tls-key', variable: 'KANADE_TLS_KEY', value: 'FILE', help: 'its private key, PEM' },
  publicUrl: {
    flag: 'public-url',
    variable: 'KANADE_PUBLIC_URL',
    value: 'URL',
    help: 'the address that listeners type, behind a proxy',
  },
  trustedProxies: {
    flag: 'trusted-proxies',
    variable: 'KANADE_TRUSTED_PROXIES',
    value: 'LIST',
    help: 'addresses or CIDR blocks of proxies, separated by commas',
  },
  ladder: {
    flag: 'ladder',
    variable: 'KANADE_LADDER',
    value: 'eager|smart|lazy',
    help: 'what is encoded ahead of time (default smart)',
  },
  renditionQuota: {
    flag: 'rendition-quota',
    variable: 'KANADE_RENDITION_QUOTA',
    value: 'SIZE',
    help: 'how much the renditions may take, such as 200G or 1.5T (default: no limit)',
  },
  segmentCache: {
    flag: 'segment-cache',
    variable: 'KANADE_SEGMENT_CACHE',
    value: 'MB',
    help: 'memory for segments that are asked for often (default 256; 0 keeps none)',
  },
  role: {
    flag: 'role',
    variable: 'KANADE_ROLE',
    value: 'all|api|worker',
    help: 'which part this process plays (default all)',
  },
  adminUser: {
    flag: 'admin-user',
    variable: 'KANADE_ADMIN_USER',
    value: 'NAME',
    help: 'makes the first administrator unattended',
  },
  adminPassword: {
    flag: null,
    variable: 'KANADE_ADMIN_PASSWORD',
    value: 'TEXT',
    help: 'that administrator’s password (a variable only: flags are visible to other users)',
  },
  databaseUrl: {
    flag: null,
    variable: 'DATABASE_URL',
    value: 'URL',
    help: 'an external Postgres (15 or later) instead of the embedded one',
  },
  ffmpegPath: { flag: null, variable: 'FFMPEG_PATH', value: 'FILE', help: 'the ffmpeg to use' },
  ffprobePath: { flag: null, variable: 'FFPROBE_PATH', value: 'FILE', help: 'the ffprobe to use' },
  logLevel: {
    flag: 'log-level',
    variable: 'KANADE_LOG_LEVEL',
    value: 'LEVEL',
    help: 'fatal, error, warn, info, debug or trace (default warn)',
  },
} as const satisfies Record<string, { flag: string | null; variable: string; value: string; help: string }>;

export type OptionName = keyof typeof OPTIONS;

export const helpText = (): string => {
  const rows = Object.values(OPTIONS).map((option) => {
    const left = option.flag === null ? option.variable : `--${option.flag} ${option.value}`;
    const variable = option.flag === null ? '' : ` [${option.variable}]`;
    return `  ${left.padEnd(28)} ${option.help}${variable}`;
  });
  return ['Usage: npm start -- --music DIR [options]', '', ...rows, ''].join('\n');
};
