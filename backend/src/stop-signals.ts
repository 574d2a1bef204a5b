import { log } from './common/log.js';

/**
 * Calls `stop` once for SIGTERM, SIGINT, or the end of the parent that started this process, then exits.
 * A second SIGINT does not wait.
 */
export const onStopSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  const end = (reason: string): void => {
    if (stopping) {
      if (reason === 'SIGINT') process.exit(130);
      return;
    }
    stopping = true;
    log.info({ reason }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  // A process that was forked has a way to its parent, and may find it closed as soon as it looks.
  if (process.send === undefined) return;
  process.on('disconnect', () => end('the parent has ended'));
  if (!process.connected) end('the parent has ended');
};
