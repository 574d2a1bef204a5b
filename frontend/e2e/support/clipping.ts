import type { Page } from 'playwright-core';

/** Every word of the page grows by two fifths, as another language would have it. */
export const growText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const isNumber = /^[\d\s.:,–-]*$/.test(text);
      if (!isNumber && !node.parentElement?.closest('script, style, kbd, .obi, .obi-sheet, .mark'))
        node.nodeValue = `${text} ${text.slice(0, Math.ceil(text.length * 0.4))}`;
    }
  });

/** What stands beyond the edge of the page, and controls whose words do not fit into them. */
export const clippedOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const told = (element: Element) => element.outerHTML.slice(0, 120);
    const seen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const sideways = [document.documentElement, ...document.querySelectorAll('main, aside, nav')]
      .filter((element) => seen(element) && element.scrollWidth > element.clientWidth + 1)
      .map((element) => `wider than its place: ${told(element)}`);
    const tight = [...document.querySelectorAll('button, .btn, .chip, .tabs > *, h1, h2, h3, label, dt, dd')]
      .filter(
        (element) => seen(element) && !element.closest('.sr-only, .ell') && !element.matches('.ell, .go'),
      )
      .filter(
        (element) =>
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
      )
      .map((element) => `cut: ${told(element)}`);
    return [...sideways, ...tight];
  });
