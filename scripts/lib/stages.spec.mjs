import { describe, expect, it } from '@jest/globals';
import { closingLine, countsOf, planStages, STAGES, sum, workersOf } from './stages.mjs';

describe('the stages of npm test', () => {
  it('are all of them when nothing is chosen, and other arguments reach Jest', () => {
    expect(planStages(['-t', 'gapless'])).toEqual({ stages: STAGES, args: ['-t', 'gapless'] });
  });

  it('shrink to the projects that are asked for', () => {
    const { stages, args } = planStages(['--selectProjects', 'unit', 'db', '--bail', 'catalog']);
    expect(stages.map(({ projects }) => projects)).toEqual([['unit'], ['db']]);
    expect(args).toEqual(['--bail', 'catalog']);
  });
});

describe('the files of a stage', () => {
  it('run side by side where they wait, unless somebody says how many', () => {
    expect(workersOf({ atOnce: 3 }, ['--bail'], 2)).toEqual(['--maxWorkers=3']);
    expect(workersOf({ atOnce: 3 }, ['--maxWorkers=1'], 2)).toEqual([]);
    expect(workersOf({ atOnce: 3 }, ['-i'], 2)).toEqual([]);
    expect(workersOf({ atOnce: 3 }, [], 8)).toEqual([]);
    expect(workersOf({}, [], 2)).toEqual([]);
  });
});

describe('the closing line', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    numRuntimeErrorTestSuites: 1,
  };

  it('counts a file that could not be loaded as a failure', () => {
    expect(countsOf(report).failed).toBe(2);
  });

  it('adds all runs up', () => {
    const total = sum([countsOf(report), { passed: 1, failed: 0, skipped: 4 }]);
    expect(closingLine(total)).toBe('6 passed, 2 failed, 7 skipped');
  });
});
