import { describe, expect, it } from '@jest/globals';
import type { Growth } from './announcement.js';
import { GrowthReporter } from './growth-reporter.js';

/** A rendition that grows by hand, and reports that end when the test says so. */
const reporterOf = (urgent: boolean) => {
  const segmentBytes: number[] = [];
  const told: Growth[] = [];
  const ends: (() => void)[] = [];
  const reporter = new GrowthReporter(
    () => ({
      draftPath: '/d',
      initBytes: 700,
      segmentBytes: [...segmentBytes],
      segmentSamples: segmentBytes.map(() => 1),
    }),
    (growth) => {
      told.push(growth);
      return new Promise((resolve) => ends.push(resolve));
    },
    urgent,
  );
  const grow = (): void => {
    segmentBytes.push(100 + segmentBytes.length);
    reporter.grown();
  };
  const endReport = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const news = (): number[][] => told.map((growth) => growth.segmentBytes.slice(growth.firstNew));
  return { reporter, grow, endReport, news, segmentBytes };
};

describe('GrowthReporter', () => {
  it('tells each fragment once, together what grew while a report was on its way', async () => {
    const { grow, endReport, news } = reporterOf(true);
    grow();
    grow();
    grow();
    await endReport();
    await endReport();
    grow();
    expect(news()).toEqual([[100], [101, 102], [103]]);
  });

  it('tells a first fragment at once even when nobody waits, and keeps the next ones', async () => {
    const { grow, endReport, news } = reporterOf(false);
    grow();
    await endReport();
    grow();
    grow();
    expect(news()).toEqual([[100]]);
  });

  it('tells what it kept as soon as a listener has come', async () => {
    const { reporter, grow, endReport, news } = reporterOf(false);
    grow();
    await endReport();
    grow();
    grow();
    reporter.hurry();
    await endReport();
    grow();
    expect(news()).toEqual([[100], [101, 102], [103]]);
  });

  it('an encode whose progress cannot be stored does not go on', async () => {
    const reporter = new GrowthReporter(
      () => ({ draftPath: '/d', initBytes: 1, segmentBytes: [], segmentSamples: [] }),
      () => Promise.reject(new Error('the database is away')),
      true,
    );
    reporter.grown();
    await reporter.settled();
    expect(() => reporter.grown()).toThrow('the database is away');
  });
});
