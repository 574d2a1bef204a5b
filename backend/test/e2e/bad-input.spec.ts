import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/client.js';
import { attacksOn, type Attack, type Operation } from '../support/bad-input.js';
import type { Schemas } from '../support/json-schema.js';
import { askDatabase } from '../support/server-database.js';
import { openHousehold, type Household } from '../support/things.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
}
const DOCUMENT = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'),
) as Document; // As openapi.spec.ts holds it to be.

const ROUTES = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    attacks: attacksOn(path, operation, DOCUMENT.components.schemas),
  })),
);
const AT_ONCE = 16;
/** They change by being asked, or by themselves: when somebody was last seen, who guessed, what is measured; search's lists, too. */
const RESTLESS = [
  ...['sessions', 'sign_in_attempts', 'sign_in_places', 'media_revocations', 'libraries'],
  ...['renditions', 'files'],
];

interface Answer {
  readonly what: string;
  readonly status: number;
  readonly type: string | null;
  readonly problem: { readonly code?: string; readonly field?: string };
}

describe('what a route is sent that it never asked for', () => {
  let house: Household;
  beforeAll(async () => {
    house = await openHousehold();
    // What is done in the background after a start is done.
    let last = '';
    await eventually(
      async () => JSON.stringify(await rows()),
      (now) => now === last || ((last = now), false),
    );
  });
  afterAll(() => house.remove());

  const ask = async (method: string, { what, path, body }: Attack): Promise<Answer> => {
    const response = await house.admin.send(method, path, body);
    const type = response.headers.get('content-type');
    const text = await response.text();
    const isProblem = type?.startsWith('application/problem+json') === true;
    return {
      what,
      status: response.status,
      type,
      problem: isProblem ? (JSON.parse(text) as Answer['problem']) : {},
    };
  };
  const askAll = async (method: string, attacks: readonly Attack[]): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let at = 0; at < attacks.length; at += AT_ONCE)
      answers.push(...(await Promise.all(attacks.slice(at, at + AT_ONCE).map((each) => ask(method, each)))));
    return answers;
  };
  /** Every row of every table, as one text each. */
  const rows = async (): Promise<readonly unknown[]> => {
    const tables = await askDatabase<{ name: string }>(
      house.dataDir,
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const kept = tables.filter(({ name }) => !RESTLESS.includes(name) && !name.startsWith('search_'));
    return askDatabase(
      house.dataDir,
      kept
        .map(
          ({ name }) =>
            `SELECT '${name}' AS name, count(*)::int AS n, md5(string_agg(t::text, ' ' ORDER BY t::text)) AS text FROM "${name}" t`,
        )
        .join(' UNION ALL ')
        .concat(' ORDER BY 1'),
    );
  };

  it.each(ROUTES.filter(({ attacks }) => attacks.length > 0))(
    '$route refuses it, says why, and changes nothing',
    async ({ method, attacks }) => {
      const wrong = attacks.filter(({ isRight }) => !isRight);
      const before = await rows();
      const answers = await askAll(method, wrong);
      const unrefused = answers.filter(
        ({ status, problem }) =>
          ![400, 401, 403, 404, 409, 415, 429].includes(status) || problem.code === undefined,
      );
      expect(unrefused).toEqual([]);
      const silent = answers.filter(
        ({ status, problem }, at) =>
          status === 400 &&
          wrong[at]?.field !== undefined &&
          !(problem.field ?? '').startsWith(wrong[at]?.field ?? ''),
      );
      expect(silent).toEqual([]);
      const tooLarge = answers.filter(({ what }) => what === 'more than the limit');
      expect(tooLarge.map(({ status, problem }) => [status, problem.code, problem.field])).toEqual(
        tooLarge.map(() => [400, 'BODY_TOO_LARGE', 'body']),
      );
      expect(await rows()).toEqual(before);
    },
  );

  it.each(ROUTES.filter(({ attacks }) => attacks.some(({ isRight }) => isRight)))(
    '$route takes or refuses what is odd and right, and never fails',
    async ({ method, attacks }) => {
      const answers = await askAll(
        method,
        attacks.filter(({ isRight }) => isRight),
      );
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    },
  );
});
