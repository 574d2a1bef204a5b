import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contrasts, derived, readThemes } from './contrast-pairs.mjs';

const css = await readFile(join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8');
const themes = readThemes(css);

describe('the contrast of the colours', () => {
  it.each(['dark', 'light'])('is enough for every pair in the %s theme', (theme) => {
    const all = contrasts(themes[theme]);
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(({ ratio, least }) => ratio < least)).toEqual([]);
  });

  it('is missed by text as faint as a hairline', () => {
    const faint = contrasts({ ...themes.dark, 'text-3': 'var(--line)' });
    expect(faint.filter(({ ratio, least }) => ratio < least).map(({ pair }) => pair)).toContain(
      'text-3 on surface-0',
    );
  });

  it('counts with the same rules for covers as the pages', () => {
    const rules = [...css.matchAll(/--(obi|on-obi|art-surface|art-text): oklch\(from var\(--art\) (.+)\);/g)];
    expect(Object.fromEntries(rules.map(([, name, rule]) => [name, rule]))).toEqual({
      obi: 'clamp(0.74, l, 0.86) min(c, 0.115) h',
      'on-obi': '0.205 min(c, 0.045) h',
      'art-surface': 'var(--art-l-lo) min(c, var(--art-c-max)) h',
      'art-text': 'var(--art-text-l) min(c, var(--art-text-c)) h',
    });
    expect(derived(themes.dark, { l: 0.2, c: 0.3, h: 20 }).obi).toMatchObject({ l: 0.74, h: 20 });
  });
});
