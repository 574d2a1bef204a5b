import { DomainError } from '../common/errors.js';
import { FIELDS, type Field, type Operator } from './rule-fields.js';
import { MOST_RULES, ruleTimeSchema, type Condition, type Group, type Rule } from './rules.js';

type Add = (value: unknown) => string;

const wrong = (path: string, message: string): DomainError =>
  new DomainError('INVALID_BODY', message, { field: path });

/** Accents, case and width do not count, as everywhere where names are compared. */
const folded = (sql: string): string => `lower(unaccent(normalize(${sql}, NFKC)))`;
const escaped = (value: string): string => value.replace(/[\\%_]/g, '\\$&');

const TEXT_TESTS: Partial<
  Record<Operator, { readonly not: boolean; readonly pattern: (value: string) => string }>
> = {
  is: { not: false, pattern: escaped },
  isNot: { not: true, pattern: escaped },
  contains: { not: false, pattern: (value) => `%${escaped(value)}%` },
  containsNot: { not: true, pattern: (value) => `%${escaped(value)}%` },
  beginsWith: { not: false, pattern: (value) => `${escaped(value)}%` },
  endsWith: { not: false, pattern: (value) => `%${escaped(value)}` },
};

const COMPARISONS: Partial<Record<Operator, string>> = {
  is: '=',
  isNot: 'IS DISTINCT FROM',
  above: '>',
  below: '<',
};

const onNumber = (sql: string, { operator, value }: Condition, path: string, add: Add): string => {
  if (operator === 'between') {
    if (!Array.isArray(value)) throw wrong(`${path}.value`, 'between needs two numbers');
    return `${sql} BETWEEN ${add(value[0])}::float8 AND ${add(value[1])}::float8`;
  }
  const sign = COMPARISONS[operator];
  if (sign === undefined) throw wrong(`${path}.operator`, `${operator} does not suit a number`);
  if (typeof value !== 'number') throw wrong(`${path}.value`, 'must be a number');
  return `${sql} ${sign} ${add(value)}::float8`;
};

const onTime = (sql: string, { operator, value }: Condition, path: string, add: Add): string => {
  if (operator === 'inLastDays' || operator === 'notInLastDays') {
    if (typeof value !== 'number' || value < 0 || value > 36_500)
      throw wrong(`${path}.value`, 'must be a number of days');
    const recent = `coalesce(${sql} > now() - ${add(value)}::float8 * interval '1 day', false)`;
    return operator === 'inLastDays' ? recent : `NOT ${recent}`;
  }
  if (operator !== 'before' && operator !== 'after')
    throw wrong(`${path}.operator`, `${operator} does not suit a time`);
  const parsed = ruleTimeSchema.safeParse(value);
  if (!parsed.success) throw wrong(`${path}.value`, 'must be a time of ISO 8601');
  return `${sql} ${operator === 'before' ? '<' : '>'} ${add(parsed.data)}::timestamptz`;
};

const onText = (
  sql: (test: (column: string) => string) => string,
  { operator, value }: Condition,
  path: string,
  add: Add,
): string => {
  const test = TEXT_TESTS[operator];
  if (test === undefined) throw wrong(`${path}.operator`, `${operator} does not suit a text`);
  if (typeof value !== 'string') throw wrong(`${path}.value`, 'must be a text');
  const pattern = folded(`${add(test.pattern(value))}::text`);
  return `${test.not ? 'NOT ' : ''}${sql((column) => `${folded(column)} LIKE ${pattern}`)}`;
};

const onFlag = (sql: string, { operator, value }: Condition, path: string, add: Add): string => {
  if (operator !== 'is' && operator !== 'isNot')
    throw wrong(`${path}.operator`, `${operator} does not suit a yes or no`);
  if (typeof value !== 'boolean') throw wrong(`${path}.value`, 'must be true or false');
  return `${sql} ${operator === 'is' ? '=' : '<>'} ${add(value)}::boolean`;
};

const conditionSql = (condition: Condition, path: string, user: string, add: Add): string => {
  const field: Field = FIELDS[condition.field];
  switch (field.kind) {
    case 'text':
      return onText(field.sql, condition, path, add);
    case 'number':
      return onNumber(field.sql(user), condition, path, add);
    case 'time':
      return onTime(field.sql(user), condition, path, add);
    case 'flag':
      return onFlag(field.sql(user), condition, path, add);
  }
};

const isGroup = (rule: Rule): rule is Group => 'match' in rule;

const countOf = (rule: Rule): number =>
  isGroup(rule) ? rule.rules.reduce((sum, each) => sum + countOf(each), 0) : 1;

const ruleSql = (rule: Rule, path: string, user: string, add: Add): string => {
  if (!isGroup(rule)) return `(${conditionSql(rule, path, user, add)})`;
  const parts = rule.rules.map((each, at) => ruleSql(each, `${path}.rules.${at}`, user, add));
  return `(${parts.join(rule.match === 'all' ? ' AND ' : ' OR ')})`;
};

/**
 * Pure: the condition over `tracks` that a tree of rules stands for. Names come from tables, values are parameters:
 * nothing of the request becomes SQL. @throws DomainError INVALID_BODY, with the rule that does not fit
 */
export const whereOf = (group: Group, user: string, add: Add): string => {
  if (countOf(group) > MOST_RULES) throw wrong('rules.where', `at most ${MOST_RULES} conditions`);
  return ruleSql(group, 'rules.where', user, add);
};
