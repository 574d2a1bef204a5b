import { clampChroma, converter, parse, wcagContrast } from 'culori';

const TEXT = 4.5;
const SHAPE = 3;
const SURFACES = ['surface-0', 'surface-1', 'surface-2', 'surface-3'];

/** Every pair the pages rely on: what stands on what, and how far apart they have to be. */
export const PAIRS = [
  ...['text-1', 'text-2'].map((front) => [front, SURFACES, TEXT]),
  ['text-3', ['surface-0', 'surface-1', 'surface-2'], TEXT],
  ...['accent-text', 'fresh-text'].map((front) => [front, SURFACES, TEXT]),
  ['on-accent', ['accent', 'accent-hover', 'accent-press'], TEXT],
  ['on-fresh', ['fresh'], TEXT],
  ['accent-text', ['accent-soft'], TEXT],
  ['fresh-text', ['fresh-soft'], TEXT],
  ...['ok', 'warn', 'danger'].map((front) => [front, ['surface-0', 'surface-1', `${front}-soft`], TEXT]),
  ['text-1', ['accent-soft', 'fresh-soft', 'ok-soft', 'warn-soft', 'danger-soft'], TEXT],
  ['focus', SURFACES, SHAPE],
  ['line-strong', ['surface-0', 'surface-1', 'surface-2'], SHAPE],
  ['played', ['surface-0', 'surface-1', 'unplayed'], SHAPE],
];

/** What is derived from a cover's colour has to hold for every cover. */
export const ART_PAIRS = [
  ['on-obi', 'obi', TEXT],
  ['text-1', 'art-surface', TEXT],
  ['text-2', 'art-surface', TEXT],
  ['text-3', 'art-surface', TEXT],
  ['art-text', 'art-surface', TEXT],
  ['art-text', 'surface-0', TEXT],
  ['focus', 'art-surface', SHAPE],
];

const oklch = converter('oklch');

/** The tokens of one theme: the first block holds the dark ones, which the light ones are laid over. */
export const readThemes = (css) => {
  const block = (selector) => {
    const begin = css.indexOf('{', css.indexOf(selector));
    const body = css.slice(begin + 1, css.indexOf('\n}', begin));
    return Object.fromEntries(
      [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]),
    );
  };
  const dark = block(":root,\n[data-theme='dark']");
  return { dark, light: { ...dark, ...block("\n[data-theme='light']") } };
};

/** As the browser shows it: OKLCH that sRGB does not hold is brought into it. */
const shown = (colour) => clampChroma(colour, 'oklch');

export const colourOf = (tokens, name) => {
  const value = tokens[name];
  const alias = /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1];
  if (alias) return colourOf(tokens, alias);
  const colour = parse(value ?? '');
  if (!colour) throw new Error(`--${name} is no colour: ${value}`);
  return shown(oklch(colour));
};

/** The rules of `.has-art` in tokens.css, for one colour of a cover. */
export const derived = (tokens, { l, c, h }) => {
  const of = (name) => Number(tokens[name]);
  const make = (lightness, chroma) => shown({ mode: 'oklch', l: lightness, c: chroma, h });
  return {
    obi: make(Math.min(0.86, Math.max(0.74, l)), Math.min(c, 0.115)),
    'on-obi': make(0.205, Math.min(c, 0.045)),
    'art-surface': make(of('art-l-lo'), Math.min(c, of('art-c-max'))),
    'art-text': make(of('art-text-l'), Math.min(c, of('art-text-c'))),
  };
};

const COVERS = [0, 0.3, 0.5, 0.74, 0.86, 1].flatMap((l) =>
  [0, 0.05, 0.12, 0.3].flatMap((c) =>
    Array.from({ length: 72 }, (_, at) => ({ mode: 'oklch', l, c, h: at * 5 })),
  ),
);

/** Each pair with its contrast in this theme, the worst over all covers where it is derived from one. */
export const contrasts = (tokens) => [
  ...PAIRS.flatMap(([front, backs, least]) =>
    backs.map((back) => ({
      pair: `${front} on ${back}`,
      least,
      ratio: wcagContrast(colourOf(tokens, front), colourOf(tokens, back)),
    })),
  ),
  ...ART_PAIRS.map(([front, back, least]) => ({
    pair: `${front} on ${back}, any cover`,
    least,
    ratio: Math.min(
      ...COVERS.map((cover) => {
        const made = derived(tokens, cover);
        return wcagContrast(made[front] ?? colourOf(tokens, front), made[back] ?? colourOf(tokens, back));
      }),
    ),
  })),
];
