import { applyDecorators, StandardSchemaValidationPipe } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainError } from './errors.js';

/** What a route answers, for the OpenAPI document; the schema is the same one that types the handler. */
export const Answers = (schema: z.ZodType, status = 200): MethodDecorator & ClassDecorator =>
  applyDecorators(ApiResponse({ status, description: 'Done', standardSchema: schema }));

const pathOf = (issue: {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}): string => (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** Validates every parameter that declares a schema; the first wrong field is named, all are told. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const texts = issues
        .slice(0, 20)
        .map((issue) => [pathOf(issue), issue.message].filter((text) => text !== '').join(': '));
      const field = issues[0] === undefined ? '' : pathOf(issues[0]);
      return new DomainError('INVALID_BODY', texts.join('; '), field === '' ? {} : { field });
    },
  });
