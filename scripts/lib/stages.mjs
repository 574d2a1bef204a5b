/**
 * The tests by what they cost, cheapest first: what is wrong everywhere shows up in seconds. `atOnce` is how many files
 * run side by side at least, where they wait more than they work.
 */
export const STAGES = [
  { name: 'unit', projects: ['unit', 'architecture', 'frontend'] },
  { name: 'database', projects: ['db'] },
  { name: 'end to end', projects: ['e2e'], atOnce: 3 },
  { name: 'browser', projects: ['browser'] },
];

/** Pure: the arguments of `npm test` without `--selectProjects`, and the stages that are left of them. */
export function planStages(args, stages = STAGES) {
  const at = args.indexOf('--selectProjects');
  if (at < 0) return { stages, args };
  const rest = args.slice(at + 1);
  const end = rest.findIndex((arg) => arg.startsWith('-'));
  const chosen = end < 0 ? rest : rest.slice(0, end);
  const kept = stages.map((stage) => ({
    ...stage,
    projects: stage.projects.filter((project) => chosen.includes(project)),
  }));
  return {
    stages: kept.filter(({ projects }) => projects.length > 0),
    args: [...args.slice(0, at), ...rest.slice(chosen.length)],
  };
}

const SAYS_HOW_MANY = /^(?:-w|-i|--maxWorkers|--runInBand)\b/;

/** Pure: how many files of a stage run at once, unless somebody says so, or the machine has cores for more anyway. */
export function workersOf({ atOnce }, args, cores) {
  if (atOnce === undefined || atOnce < cores || args.some((arg) => SAYS_HOW_MANY.test(arg))) return [];
  return [`--maxWorkers=${atOnce}`];
}

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * Pure: Jest's own report of one run. A file that could not even be loaded has no failed test to its name, and
 * must count all the same.
 */
export function countsOf(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Pure. */
export function sum(counts) {
  return counts.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    NOTHING,
  );
}

/** Pure: the closing line, plain enough for a program to read. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
