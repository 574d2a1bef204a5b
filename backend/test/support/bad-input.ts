import { accepts, resolved, sampleOf, type JsonSchema, type Schemas } from './json-schema.js';

export interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  /** Where a body may have more than others. */
  readonly 'x-body-limit-bytes'?: number;
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema } | undefined>>;
  };
}

export interface Attack {
  readonly what: string;
  readonly path: string;
  readonly body?: string;
  /** What must stand in the answer as the field; absent where no one field is at fault. */
  readonly field?: string;
  /** Whether it may be taken: what is odd, but right by the document, is only never a failure of the server. */
  readonly isRight: boolean;
}

const SQL = `1' OR pg_sleep(30) IS NULL; DROP TABLE users; --`;
const WORDS = ['', SQL, 'ä'.repeat(300), 'a\u0000b', '\u202egnp.exe', '👩‍👩‍👧🎹', '__proto__', '../../etc'];
const VALUES: readonly unknown[] = [
  ...WORDS,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  [],
  {},
  [[]],
  { $ne: 1 },
  Array.from({ length: 10_001 }, () => 'x'),
];
const NUMBERS = ['0', '-1', '501', '1e2', '0x10', 'NaN', '99999999999999999999', '1;DROP TABLE users'];
const CURSORS = [
  'x',
  '!!!',
  ...[[], ['x'], [SQL, SQL, SQL], [{}], ['tracks.sort_key', 'a\u0000b', 'x'], ['users', SQL]].map((key) =>
    Buffer.from(JSON.stringify(key)).toString('base64url'),
  ),
];
/** What a route needs beside a parameter for that parameter to count. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/api/search': { type: 'track' },
};
const BODY_LIMIT = 1 << 20;
const DEEP = 20_000;

/** Ids of nothing, and the first of what a parameter may be. */
const fillPath = (
  path: string,
  { parameters = [] }: Operation,
  schemas: Schemas,
  changed: Readonly<Record<string, string>> = {},
): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((each) => each.name === name)?.schema ?? {};
    const right = schema.enum === undefined ? { type: 'string', format: 'uuid' } : schema;
    return changed[name] ?? String(sampleOf(right, schemas));
  });

const pathAttacks = (path: string, operation: Operation, schemas: Schemas): Attack[] =>
  (operation.parameters ?? [])
    .filter((each) => each.in === 'path')
    .flatMap(({ name }) =>
      [...WORDS.filter((word) => word !== ''), '0', '%', '1'.repeat(36)].map((word) => ({
        what: `${name} is ${word.slice(0, 30)}`,
        path: fillPath(path, operation, schemas, { [name]: encodeURIComponent(word) }),
        isRight: false,
      })),
    );

const queryAttacks = (path: string, operation: Operation, schemas: Schemas): Attack[] => {
  const base = fillPath(path, operation, schemas);
  const { parameters = [] } = operation;
  const queries = parameters.filter((each) => each.in === 'query');
  const needed = queries
    .filter(({ required }) => required === true)
    .map(({ name, schema }) => [name, String(sampleOf(schema, schemas))] as const);
  return queries.flatMap(({ name, schema }) => {
    const rest = [...needed, ...Object.entries(BESIDE[path] ?? {})].filter(([each]) => each !== name);
    const at = (...values: string[]): string =>
      `${base}?${new URLSearchParams([...rest.map(([key, value]) => [key, value]), ...values.map((value) => [name, value])] as string[][]).toString()}`;
    const words = name === 'cursor' ? CURSORS : isNumeric(schema, schemas) ? NUMBERS : WORDS;
    return [
      { what: `${name} twice`, path: at('1', '2'), field: name, isRight: schema.type === 'array' },
      ...words.map((word) => ({
        what: `${name} is ${word.slice(0, 30)}`,
        path: at(word),
        ...(name === 'cursor' ? { field: name } : {}),
        isRight: name !== 'cursor' && accepts(schema, asRead(schema, word, schemas), schemas),
      })),
    ];
  });
};

/** A number in an address is digits alone. */
const asRead = (schema: JsonSchema, word: string, schemas: Schemas): unknown =>
  isNumeric(schema, schemas) && /^\d{1,9}$/.test(word) ? Number(word) : word;

const isNumeric = (schema: JsonSchema, schemas: Schemas): boolean =>
  ['integer', 'number'].includes(resolved(schema, schemas).type ?? '');

/** Of an object each field in turn, of a list of objects those of its first; everything else is right. */
const bodyAttacks = (path: string, operation: Operation, schemas: Schemas): Attack[] => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return [];
  const target = fillPath(path, operation, schemas);
  const attack = (what: string, body: string, more: Partial<Attack> = {}): Attack => ({
    what,
    path: target,
    body,
    isRight: false,
    ...more,
  });
  const shape = resolved(schema, schemas);
  const sample = sampleOf(shape, schemas);
  const { properties = {} } = shape;
  const right = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? sample : {};
  const fields = Object.entries(properties).flatMap(([name, property]) => [
    ...VALUES.map((value) => {
      const isRight = accepts(property, value, schemas) && !JSON.stringify(value).includes('\\u0000');
      return attack(
        `${name} is ${JSON.stringify(value).slice(0, 30)}`,
        JSON.stringify({ ...right, [name]: value }),
        { isRight, ...(isRight ? {} : { field: name }) },
      );
    }),
    attack(`${name} is deep`, deepened(right, name)),
  ]);
  return [
    attack('nothing', ''),
    attack('half a body', '{"a":'),
    attack('a word', '"x"'),
    attack('a number', '1'),
    attack('null', 'null'),
    attack('a list of lists', '[[[]]]'),
    attack('__proto__', `{"__proto__":{"role":"admin"},${JSON.stringify(right).slice(1)}`.replace(',}', '}')),
    attack(
      'constructor',
      `{"constructor":{"prototype":{"role":"admin"}},${JSON.stringify(right).slice(1)}`.replace(',}', '}'),
    ),
    attack('a field too many', JSON.stringify({ ...right, owner_id: 'x' }), {
      isRight: shape.additionalProperties !== false,
      field: 'owner_id',
    }),
    // Of the large ones playlists.spec.ts asks: who sends so much may be cut off before they read why.
    ...(operation['x-body-limit-bytes'] === undefined
      ? [attack('more than the limit', JSON.stringify({ x: 'y'.repeat(BODY_LIMIT) }))]
      : []),
    ...fields,
  ];
};

/** Deeper than a parser that calls itself may go. */
const deepened = (right: object, name: string): string => {
  const others = JSON.stringify({ ...right, [name]: undefined }).slice(1, -1);
  return `{${JSON.stringify(name)}:${'['.repeat(DEEP)}${']'.repeat(DEEP)}${others === '' ? '' : `,${others}`}}`;
};

export const attacksOn = (path: string, operation: Operation, schemas: Schemas): readonly Attack[] => [
  ...pathAttacks(path, operation, schemas),
  ...queryAttacks(path, operation, schemas),
  ...bodyAttacks(path, operation, schemas),
];
