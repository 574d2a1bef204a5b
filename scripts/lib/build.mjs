import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from './children.mjs';
import { fingerprint } from './fingerprint.mjs';
import { npmCommand } from './npm.mjs';
import { BUILD, ROOT } from './paths.mjs';
import { runtimeEnv } from './runtime.mjs';
import { say, seconds, step, Trouble } from './words.mjs';

const isTest = (name) => /\.spec\.\w+$/.test(name);

/**
 * What is built, from what, and what must exist afterwards. The content of the inputs decides, never a time:
 * git gives every file of a fresh clone the time of the clone.
 */
export const PARTS = [
  {
    name: 'server',
    inputs: {
      files: ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json'].concat(
        ['migrations', 'ml', 'backend'].flatMap((room) => [`${room}/package.json`, `${room}/tsconfig.json`]),
      ),
      folders: ['migrations/src', 'ml/src', 'backend/src'],
      skip: isTest,
    },
    outputs: ['migrations/dist/index.js', 'ml/dist/index.js', 'backend/dist/main.js'],
    command: (node) => [node, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b']],
  },
  {
    name: 'pages',
    inputs: {
      files: ['package-lock.json'],
      folders: ['frontend'],
      // next-env.d.ts is written by the build itself.
      skip: (name) => isTest(name) || ['node_modules', 'out', 'e2e', 'next-env.d.ts'].includes(name),
    },
    outputs: ['frontend/out/index.html'],
    command: (node) => npmCommand(['run', 'build', '--workspace', 'frontend'], { node }),
  },
];

async function exists(file) {
  return access(join(ROOT, file)).then(
    () => true,
    () => false,
  );
}

const stampOf = (part) => join(BUILD, `${part.name}.stamp`);

/** The hash that a part's stamp should hold, or undefined when it is built already. */
async function stale(part) {
  const [hash, stamp, ...there] = await Promise.all([
    fingerprint(ROOT, part.inputs),
    readFile(stampOf(part), 'utf8').catch(() => undefined),
    ...part.outputs.map(exists),
  ]);
  return hash === stamp && there.every(Boolean) ? undefined : hash;
}

export async function buildIsFresh(parts = PARTS) {
  const hashes = await Promise.all(parts.map(stale));
  return hashes.every((hash) => hash === undefined);
}

/** For whoever builds by other means: what was stamped no longer says what lies in the output folders. */
export async function forget(part) {
  await rm(stampOf(part), { force: true });
}

async function make(part, hash, node) {
  const [command, args] = part.command(node);
  // The old stamp goes first: a build cut off halfway must not pass for the one before it.
  await forget(part);
  await quietly(`build-${part.name}`, command, args, { cwd: ROOT, env: runtimeEnv(node) });
  const there = await Promise.all(part.outputs.map(exists));
  const lacking = part.outputs.filter((_output, i) => !there[i]);
  if (lacking.length > 0) throw new Trouble(`Building the ${part.name} left out ${lacking.join(', ')}.`);
  await mkdir(BUILD, { recursive: true });
  await writeFile(stampOf(part), hash);
}

/** Builds what is stale, side by side: each alone leaves one of two cores idle. */
export async function build(node, parts = PARTS) {
  const hashes = await Promise.all(parts.map(stale));
  const todo = parts.flatMap((part, i) => (hashes[i] === undefined ? [] : [{ part, hash: hashes[i] }]));
  if (todo.length === 0) return;
  if (todo.length === 1) {
    const [{ part, hash }] = todo;
    await step(`Building the ${part.name}`, () => make(part, hash, node));
    return;
  }
  say(`Building the ${todo.map(({ part }) => part.name).join(' and the ')}…`);
  const began = Date.now();
  const results = await Promise.allSettled(
    todo.map(async ({ part, hash }) => {
      await make(part, hash, node);
      say(`  the ${part.name}: ${seconds(Date.now() - began)}`);
    }),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
