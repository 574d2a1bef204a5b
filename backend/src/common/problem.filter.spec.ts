import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { DomainError } from './errors.js';
import { toDomainError } from './problem.filter.js';
import { problemOf } from './problem.js';

const withCode = (code: string): Error => Object.assign(new Error('secret detail'), { code });

describe('an error on its way out', () => {
  it('is a problem document with its stable code and the field it is about', () => {
    expect(problemOf(new DomainError('INVALID_QUERY', 'sort: no such order', { field: 'sort' }))).toEqual({
      type: 'about:blank',
      title: 'Bad request',
      status: 400,
      code: 'INVALID_QUERY',
      detail: 'sort: no such order',
      field: 'sort',
    });
  });

  it.each([
    ['ECONNREFUSED', 'DATABASE_UNAVAILABLE'],
    ['57P01', 'DATABASE_UNAVAILABLE'],
    ['08006', 'DATABASE_UNAVAILABLE'],
    ['22021', 'INVALID_BODY'],
    ['22P02', 'INVALID_BODY'],
  ])('%s becomes %s', (code, expected) => expect(toDomainError(withCode(code)).code).toBe(expected));

  it('keeps what nobody foresaw to the log', () => {
    const error = toDomainError(withCode('42P01'));
    expect(error.code).toBe('INTERNAL');
    expect(JSON.stringify(problemOf(error))).not.toContain('secret detail');
  });

  it('gives Nest’s own exceptions our codes', () =>
    expect(toDomainError(new NotFoundException()).code).toBe('NOT_FOUND'));
});
