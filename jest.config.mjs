import { availableParallelism } from 'node:os';

/** One project a size of test: unit beside the file, db on a real Postgres, e2e on the built server, browser in Chromium. */
const shared = {
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@kanade/(ml|migrations)$': '<rootDir>/$1/src/index.ts',
  },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic' },
          },
          target: 'es2024',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  testEnvironment: 'node',
  rootDir: import.meta.dirname,
};

const project = (displayName, testMatch, extra = {}) => ({ ...shared, displayName, testMatch, ...extra });

const withPostgres = {
  globalSetup: '<rootDir>/backend/test/support/postgres-global.mjs',
  globalTeardown: '<rootDir>/backend/test/support/postgres-global-teardown.mjs',
};

export default {
  // Only there so that what hangs fails: a busy machine takes its time.
  testTimeout: 300_000,
  // Two also on two cores, where Jest would take one: much of the time a test waits for sound, a timer or a program.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  projects: [
    project('unit', [
      '<rootDir>/{backend,ml,migrations}/src/**/*.spec.ts',
      '<rootDir>/scripts/**/*.spec.mjs',
    ]),
    project('frontend', [
      '<rootDir>/frontend/src/**/*.spec.{ts,tsx}',
      '<rootDir>/frontend/scripts/*.spec.mjs',
    ]),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('db', ['<rootDir>/backend/test/db/**/*.spec.ts'], withPostgres),
    project('e2e', ['<rootDir>/backend/test/e2e/**/*.spec.ts']),
    project('long', ['<rootDir>/{backend/test,frontend/e2e}/long/**/*.spec.ts']),
    project('browser', ['<rootDir>/frontend/e2e/*.spec.ts']),
  ],
};
