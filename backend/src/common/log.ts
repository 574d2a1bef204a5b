import { pino, type Logger } from 'pino';

/** What must never stand in a log, wherever it turns up in a logged object. */
const SECRET_FIELDS = ['password', 'token', 'cookie', 'authorization', 'signature', 'secret', 'DATABASE_URL'];

export const redactPaths = SECRET_FIELDS.flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `req.headers.${name}`,
]);

/** One JSON line an event, to stderr: stdout is for people (the ready line, the progress bar). */
export const log: Logger = pino(
  {
    // Until a process has read its configuration (and in tests) only the worst is said.
    level: 'fatal',
    redact: { paths: redactPaths, censor: '[redacted]' },
    base: undefined,
  },
  pino.destination(2),
);
