import { describe, expect, it } from '@jest/globals';
import { candidates } from './chromium.mjs';

describe('the Chromium of the browser tests', () => {
  it('is first of all the one that was named', () => {
    expect(candidates({ CHROMIUM_PATH: '/opt/chrome', PATH: '/usr/bin' }, 'linux')[0]).toBe('/opt/chrome');
  });

  it("is looked for in the system's folder and in PATH", () => {
    const paths = candidates({ PATH: '/snap/bin' }, 'linux');
    expect(paths).toContain('/usr/bin/chromium');
    expect(paths).toContain('/snap/bin/google-chrome');
    expect(paths.indexOf('/usr/bin/chromium')).toBeLessThan(paths.indexOf('/snap/bin/google-chrome'));
  });

  it('is an application on a Mac only', () => {
    const app = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(candidates({}, 'darwin')).toContain(app);
    expect(candidates({}, 'linux')).not.toContain(app);
  });
});
