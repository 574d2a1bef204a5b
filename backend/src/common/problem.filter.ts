import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { errorCode } from './error-code.js';
import { DomainError, type DomainErrorCode } from './errors.js';
import { log } from './log.js';
import { isDatabaseUnavailable, problemOf } from './problem.js';

const CODE_OF_STATUS: Readonly<Record<number, DomainErrorCode>> = {
  400: 'INVALID_BODY',
  401: 'NOT_SIGNED_IN',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

const detailOf = (error: HttpException): string => {
  const body = error.getResponse();
  if (typeof body === 'string') return body;
  const message: unknown = 'message' in body ? body.message : undefined;
  if (Array.isArray(message)) return message.map(String).join('; ');
  return typeof message === 'string' ? message : error.message;
};

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** Of a body that is too large no field was read; it is itself what is wrong. */
const fieldOf = (status: number): { readonly field?: string } => (status === 413 ? { field: 'body' } : {});

/** Everything thrown becomes a DomainError; what nobody foresaw is logged whole and told as INTERNAL without its text. */
export const toDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  if (error instanceof HttpException)
    return new DomainError(
      CODE_OF_STATUS[error.getStatus()] ?? 'BAD_REQUEST',
      detailOf(error),
      fieldOf(error.getStatus()),
    );
  if (isDatabaseUnavailable(error))
    return new DomainError('DATABASE_UNAVAILABLE', 'The database is away. Try again soon.', {
      cause: error,
      retryAfterSeconds: 2,
    });
  // Data that Postgres cannot hold (a NUL in a text, an id that is no UUID) came from the request.
  if (errorCode(error)?.startsWith('22') === true)
    return new DomainError('INVALID_BODY', 'A value in the request is not valid.', { cause: error });
  const status = statusOf(error);
  if (status !== undefined && status >= 400 && status < 500 && error instanceof Error)
    return new DomainError(CODE_OF_STATUS[status] ?? 'BAD_REQUEST', error.message, fieldOf(status));
  log.error({ err: error }, 'unexpected error');
  return new DomainError('INTERNAL', 'Something went wrong on the server.', { cause: error });
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const domainError = toDomainError(error);
    const problem = problemOf(domainError);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (domainError.retryAfterSeconds !== undefined)
      void reply.header('retry-after', domainError.retryAfterSeconds);
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
