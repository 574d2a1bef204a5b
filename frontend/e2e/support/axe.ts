import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Every rule of axe, also its good practices, or those that are named. A rule and the elements it is about, a line each. */
export const axeFinds = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (only) => (Reflect.get(window, 'axe') as typeof axe).run(document, only ? { runOnly: [...only] } : {}),
    rules,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`,
    ),
  );
};
