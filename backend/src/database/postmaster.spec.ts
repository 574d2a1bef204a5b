import { describe, expect, it } from '@jest/globals';
import { isPostmaster, parsePostmasterPid } from './postmaster.js';

describe('postmaster.pid', () => {
  it('tells the process and the port of a started server', () => {
    expect(parsePostmasterPid('4242\n/data/cluster\n1780000000\n23456\n\n127.0.0.1\n')).toEqual({
      pid: 4242,
      port: 23456,
    });
  });
  it('half written tells nothing', () => {
    for (const text of ['', '4242\n', '4242\n/data\n1780000000\n', 'x\ny\nz\nw'])
      expect(parsePostmasterPid(text)).toBeNull();
  });
  it('of a server that is gone is known, also when another program has its process id', () => {
    expect(isPostmaster(2 ** 22 + 1)).toBe(false);
    expect(isPostmaster(process.pid)).toBe(process.platform !== 'linux');
  });
});
