import { applyDecorators, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainError } from './errors.js';
import { inputFlaw } from './input-flaw.js';

/** What a route answers, for the OpenAPI document; the schema is the same one that types the handler. */
export const Answers = (schema: z.ZodType, status = 200): MethodDecorator & ClassDecorator =>
  applyDecorators(ApiResponse({ status, description: 'Done', standardSchema: schema }));

const pathOf = (issue: {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}): string => (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** A field that nobody asked for stands in no path of the schema: it is named by itself. */
const unknownFieldOf = (issue: object): string => {
  const keys: unknown = 'keys' in issue ? issue.keys : undefined;
  return Array.isArray(keys) ? String(keys[0] ?? '') : '';
};

class InputPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const flaw = metadata.type === 'custom' ? null : inputFlaw(value);
    if (flaw === null) return super.transform<T>(value, metadata);
    const field = flaw.field === '' ? (metadata.data ?? '') : flaw.field;
    throw new DomainError('INVALID_BODY', `${field}: ${flaw.message}`, field === '' ? {} : { field });
  }
}

/** Validates every parameter that declares a schema; the first wrong field is named, all are told. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new InputPipe({
    exceptionFactory: (issues) => {
      const texts = issues
        .slice(0, 20)
        .map((issue) => [pathOf(issue), issue.message].filter((text) => text !== '').join(': '));
      const field = issues[0] === undefined ? '' : pathOf(issues[0]) || unknownFieldOf(issues[0]);
      return new DomainError('INVALID_BODY', texts.join('; '), field === '' ? {} : { field });
    },
  });
