import { runProgram, type ProgramResult } from './program.js';

/** Each line is a broken invariant. */
export const fsck = (dataDir: string, ...flags: readonly string[]): Promise<ProgramResult> =>
  fsckWith({}, dataDir, ...flags);

/** With more in its environment, such as where the database is. */
export const fsckWith = (
  env: Readonly<Record<string, string>>,
  dataDir: string,
  ...flags: readonly string[]
): Promise<ProgramResult> => runProgram('fsck', ['--data', dataDir, ...flags], env);
