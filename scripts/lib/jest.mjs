import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { foreground } from './children.mjs';
import { BUILD, ROOT } from './paths.mjs';
import { runtimeEnv } from './runtime.mjs';
import { countsOf, workersOf } from './stages.mjs';

const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

/** The warning that vm modules are an experiment would be printed once a worker, in front of every result. */
const NODE_OPTIONS = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

export async function jest(node, args, env = {}) {
  const options = [process.env.NODE_OPTIONS, NODE_OPTIONS].filter(Boolean).join(' ');
  return foreground(node, [JEST, ...args], {
    cwd: ROOT,
    env: { ...runtimeEnv(node), ...env, NODE_OPTIONS: options },
  });
}

/** Runs one stage and reads what Jest says of it; no report at all means that Jest itself failed. */
export async function runStage(node, stage, args, env) {
  const report = join(BUILD, 'tests', `${stage.projects[0]}.json`);
  await mkdir(join(BUILD, 'tests'), { recursive: true });
  await rm(report, { force: true });
  const select = ['--selectProjects', ...stage.projects];
  const own = ['--passWithNoTests', '--json', `--outputFile=${report}`];
  const workers = workersOf(stage, args, availableParallelism());
  const code = await jest(node, [...select, ...own, ...workers, ...args], env);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  const counts = text === undefined ? { passed: 0, failed: 1, skipped: 0 } : countsOf(JSON.parse(text));
  return { code, counts };
}
