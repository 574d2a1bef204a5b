import { errorCode, errorMessage } from './error-code.js';
import { DomainError, ERROR_STATUS, type DomainErrorCode } from './errors.js';

/** RFC 9457, media type application/problem+json. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: DomainErrorCode;
  readonly detail: string;
  readonly field?: string;
  readonly current?: object;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Service unavailable',
};

export const problemOf = (error: DomainError): Problem => {
  const status = ERROR_STATUS[error.code];
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.current === undefined ? {} : { current: error.current }),
  };
};

/** Postgres gone, refusing, or shutting down: the listener should try again, it is not a fault of the request. */
export const isDatabaseUnavailable = (error: unknown): boolean => {
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|08\w{3}|53300)$/.test(errorCode(error) ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|[Qq]uery runner (was )?already released/.test(
      errorMessage(error),
    )
  );
};
