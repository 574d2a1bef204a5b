/** A refusal by the server (RFC 9457), or `OFFLINE` when there was no answer at all. `code` is stable; `message` is for logs. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
  }
}

const textOf = (value: unknown, key: string): string | undefined => {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const field: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof field === 'string' ? field : undefined;
};

/** A proxy in front may answer with HTML: then the status is all there is to go by. */
export async function apiErrorFrom(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => null);
  const code = textOf(problem, 'code') ?? `HTTP_${response.status}`;
  const message = textOf(problem, 'detail') ?? textOf(problem, 'title') ?? response.statusText;
  return new ApiError(code, response.status, message);
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
