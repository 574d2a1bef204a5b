import { DataSource } from 'typeorm';
import { Closers } from './closers.js';
import { errorMessage } from './common/error-code.js';
import type { Config } from './config/config.js';
import { HelpRequested } from './config/load-config.js';
import { Database } from './database/database.js';
import { visitDatabase } from './database/open-database.js';

/**
 * A program beside the server: what it opened is closed, and its number becomes the exit code. What is thrown is told
 * on stderr under its name, and help where it was asked for.
 */
export const runProgram = (
  name: string,
  usage: string,
  work: (closers: Closers) => Promise<number>,
): void => {
  const closers = new Closers();
  work(closers)
    .finally(() => closers.run())
    .then(
      (code) => process.exit(code),
      (error: unknown) => {
        const helped = error instanceof HelpRequested;
        process.stderr.write(helped ? `${usage}\n` : `${name}: ${errorMessage(error)}\n`);
        process.exit(helped ? 0 : 1);
      },
    );
};

/** The database of a server that runs, or one that is started for as long as the program does. */
export const openVisited = async (
  config: Config,
  closers: Closers,
): Promise<{ readonly db: Database; readonly url: string }> => {
  const database = await visitDatabase(config);
  closers.add(() => database.stop());
  const source = await new DataSource({ type: 'postgres', url: database.url, poolSize: 4 }).initialize();
  closers.add(() => source.destroy());
  return { db: new Database(source), url: database.url };
};
