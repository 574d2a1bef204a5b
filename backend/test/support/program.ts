import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProgramResult {
  readonly code: number;
  readonly lines: readonly string[];
  /** What it wrote beside its answer. */
  readonly said: string;
}

/** A program of the server's, by its name, as `npm run NAME` starts it. */
export const runProgram = (
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url)), ...args],
      { env: { ...process.env, NODE_OPTIONS: '', ...env }, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), said: stderr });
      },
    );
  });
