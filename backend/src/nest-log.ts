import type { LoggerService } from '@nestjs/common';
import { log } from './common/log.js';

/** Nest's own messages, among ours: its start-up lines are for debugging. */
export class NestLog implements LoggerService {
  log(message: unknown): void {
    log.debug(String(message));
  }

  debug(message: unknown): void {
    log.debug(String(message));
  }

  warn(message: unknown): void {
    log.warn(String(message));
  }

  error(message: unknown): void {
    log.error(String(message));
  }
}
