import { describe, expect, it } from '@jest/globals';
import { openFileLimit, openFileProblem } from './open-file-limit.js';

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft.padEnd(20)} 1048576              files\n`;

describe('the limit of open files', () => {
  it('is read from what the system says', () => {
    expect(openFileLimit(limits('1024'))).toBe(1024);
    expect(openFileLimit(limits('unlimited'))).toBe(Number.POSITIVE_INFINITY);
    expect(openFileLimit('')).toBeNull();
  });

  it('is a problem with a way out when it is low', () => {
    expect(openFileProblem(2048)).toContain('only 2048 files, enough for about 512 listeners');
    expect(openFileProblem(1000)).toContain('about 0 listeners');
    expect(openFileProblem(4096)).toBeNull();
    expect(openFileProblem(null)).toBeNull();
  });
});
