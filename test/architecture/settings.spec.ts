import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPTIONS } from '../../backend/src/config/options.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const options = Object.values(OPTIONS);

/** Read by docker-compose.yml, not by the server. */
const COMPOSE_ONLY = ['POSTGRES_PASSWORD'];

describe('what is written about the settings', () => {
  it('names in .env.example every variable that the server reads, and no other', () => {
    const named = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    const known = [...options.map(({ variable }) => variable), ...COMPOSE_ONLY];
    expect([...named].sort()).toEqual([...known].sort());
  });

  it('offers in the help of an uninstalled clone only flags that the server knows', () => {
    const flags = [...read('scripts/lib/usage.mjs').matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
    const known = [...options.map(({ flag }) => flag), 'help'];
    expect(flags.filter((flag) => !known.some((name) => name === flag))).toEqual([]);
    expect(flags.length).toBeGreaterThan(5);
  });
});
