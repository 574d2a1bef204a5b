import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Every rule of axe, also its good practices, or those that are named, over the page or one part of it. A rule and the
 * elements it is about, a line each.
 */
export const axeFinds = async (
  page: Page,
  rules?: readonly string[],
  part?: string,
): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([only, within]) =>
      (Reflect.get(window, 'axe') as typeof axe).run(within ?? document, only ? { runOnly: [...only] } : {}),
    [rules, part] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`,
    ),
  );
};
