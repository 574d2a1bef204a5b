const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'focusin'] as const;
/** By then a page has drawn what it shows, on a slow line too. */
const SETTLED_MS = 3000;

/** Once, at the first sign of somebody at the page; returns what calls it off. */
export const atFirstSign = (work: () => void): (() => void) => {
  const options = { capture: true, passive: true };
  const stop = (): void => {
    for (const sign of SIGNS) removeEventListener(sign, begin, options);
  };
  const begin = (): void => {
    stop();
    work();
  };
  for (const sign of SIGNS) addEventListener(sign, begin, options);
  return stop;
};

/** What is wanted soon, and must not stand in the way of what is shown: at the first sign, or when there was time to draw. */
export const whenSettled = (work: () => void): (() => void) => {
  const stop = (): void => {
    clearTimeout(timer);
    unsign();
  };
  const begin = (): void => {
    stop();
    work();
  };
  const unsign = atFirstSign(begin);
  const timer = setTimeout(begin, SETTLED_MS);
  return stop;
};
