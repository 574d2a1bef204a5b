import { z } from 'zod';
import { plainText } from '../users/plain-text.js';
import { FIELD_NAMES, OPERATORS, SORT_NAMES } from './rule-fields.js';

export const MOST_FOUND = 10_000;
export const MOST_RULES = 50;

const number = z.number().min(-1e12).max(1e12);
export const ruleTimeSchema = z.iso.datetime();

/** Which values suit which field and operator is said by rule-sql.ts, which names the one that does not. */
const conditionSchema = z
  .strictObject({
    field: z.enum(FIELD_NAMES),
    operator: z.enum(OPERATORS),
    value: z.union([z.boolean(), number, plainText(200), z.tuple([number, number])]),
  })
  .meta({ id: 'RuleCondition' });
export type Condition = z.output<typeof conditionSchema>;

const groupOf = <Rule extends z.ZodType>(rule: Rule, level: number) =>
  z
    .strictObject({ match: z.enum(['all', 'any']), rules: z.array(rule).min(1).max(MOST_RULES) })
    .meta({ id: `RuleGroup${level}` });

/** Nested by what the schema says and no deeper, so that no request can make the checking of it deep. */
const level4 = groupOf(conditionSchema, 4);
const level3 = groupOf(z.union([conditionSchema, level4]), 3);
const level2 = groupOf(z.union([conditionSchema, level3]), 2);
const level1 = groupOf(z.union([conditionSchema, level2]), 1);

export interface Group {
  readonly match: 'all' | 'any';
  readonly rules: readonly Rule[];
}
export type Rule = Condition | Group;

export const rulesSchema = z
  .strictObject({
    where: level1,
    sort: z.enum(SORT_NAMES).default('added'),
    descending: z.boolean().default(true),
    limit: z.int().min(1).max(MOST_FOUND).default(500),
  })
  .meta({ id: 'SmartRules' });
export type Rules = z.output<typeof rulesSchema>;
