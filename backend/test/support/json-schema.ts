/** As much of JSON Schema as the API document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly nullable?: boolean;
  readonly default?: unknown;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** What a name stands for. */
export const resolved = (schema: JsonSchema, schemas: Schemas): JsonSchema =>
  schema.$ref === undefined ? schema : resolved(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOfType = (type: string, value: unknown): boolean =>
  ({
    string: typeof value === 'string',
    number: typeof value === 'number',
    integer: Number.isSafeInteger(value),
    boolean: typeof value === 'boolean',
    null: value === null,
    array: Array.isArray(value),
    object: isObject(value),
  })[type] === true;

/** Whether the document lets this value pass. */
export const accepts = (of: JsonSchema, value: unknown, schemas: Schemas): boolean => {
  const schema = resolved(of, schemas);
  if (value === null && schema.nullable === true) return true;
  const some = schema.anyOf ?? schema.oneOf;
  if (some !== undefined && !some.some((each) => accepts(each, value, schemas))) return false;
  if (schema.allOf?.some((each) => !accepts(each, value, schemas)) === true) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if ('const' in schema && schema.const !== value) return false;
  if (schema.type !== undefined && !isOfType(schema.type, value)) return false;
  if (typeof value === 'string') {
    const { length } = value;
    if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Infinity)) return false;
    if (schema.format === 'uuid' && !UUID.test(value)) return false;
    if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) return false;
    return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
  }
  if (typeof value === 'number')
    return (
      value >= (schema.minimum ?? -Infinity) &&
      value <= (schema.maximum ?? Infinity) &&
      value > (schema.exclusiveMinimum ?? -Infinity)
    );
  if (Array.isArray(value))
    return (
      value.length >= (schema.minItems ?? 0) &&
      value.length <= (schema.maxItems ?? Infinity) &&
      value.every((each) => schema.items === undefined || accepts(schema.items, each, schemas))
    );
  if (isObject(value))
    return (
      (schema.required ?? []).every((name) => name in value) &&
      Object.entries(value).every(([name, each]) => {
        const property = schema.properties?.[name];
        if (property !== undefined) return accepts(property, each, schemas);
        return schema.additionalProperties !== false;
      })
    );
  return true;
};

/** The least value that the document lets pass; ids are of nothing. */
export const sampleOf = (of: JsonSchema, schemas: Schemas, depth = 0): unknown => {
  const schema = resolved(of, schemas);
  if (schema.default !== undefined) return schema.default;
  if ('const' in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first !== undefined && depth < 8) return sampleOf(first, schemas, depth + 1);
  switch (schema.type ?? 'null') {
    case 'string':
      if (schema.format === 'uuid') return '01890000-0000-7000-8000-000000000000';
      if (schema.format === 'date-time') return '2031-01-01T00:00:00.000Z';
      return 'x'.repeat(Math.max(1, schema.minLength ?? 0));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        sampleOf(schema.items ?? {}, schemas, depth + 1),
      );
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          sampleOf(schema.properties?.[name] ?? {}, schemas, depth + 1),
        ]),
      );
    default:
      return null;
  }
};
