import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, wherever the command was typed. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Stamps, logs and the lock of the scripts; ignored by git, safe to delete. */
export const BUILD = join(ROOT, 'build');
