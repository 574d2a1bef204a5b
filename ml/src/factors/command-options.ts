import { parseArgs } from 'node:util';

export interface CommandOptions {
  readonly listens: string;
  readonly out: string;
  readonly source: string;
  readonly licence: string;
  readonly dimensions: number;
  readonly fewestListeners: number;
  readonly fewestArtists: number;
}

export const USAGE = `Makes a file of artist factors from an unpacked archive of ListenBrainz' public listens.

  npm run ml:artist-factors -- --listens FOLDER --out FILE --source TEXT --licence TEXT

  --listens FOLDER         where the archive was unpacked; every .listens file below it is read
  --out FILE               written whole, over what is there
  --source TEXT            where the listens came from, and of when they are
  --licence TEXT           under which they may be used, such as CC0-1.0; see COPYING in the archive
  --dimensions N           numbers an artist (64)
  --fewest-listeners N     artists with fewer are left out (5)
  --fewest-artists N       listeners with fewer are left out (10)`;

/** Pure: what the words of the command say. @throws TypeError, saying what is wrong with them. */
export function readOptions(args: readonly string[]): CommandOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      listens: { type: 'string' },
      out: { type: 'string' },
      source: { type: 'string' },
      licence: { type: 'string' },
      dimensions: { type: 'string', default: '64' },
      'fewest-listeners': { type: 'string', default: '5' },
      'fewest-artists': { type: 'string', default: '10' },
    },
  });
  return {
    listens: told('--listens', values.listens),
    out: told('--out', values.out),
    source: told('--source', values.source),
    licence: told('--licence', values.licence),
    dimensions: whole('--dimensions', values.dimensions),
    fewestListeners: whole('--fewest-listeners', values['fewest-listeners']),
    fewestArtists: whole('--fewest-artists', values['fewest-artists']),
  };
}

function told(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw new TypeError(`${name} is missing`);
  return value;
}

function whole(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new TypeError(`${name} is ${value}, not a whole number from 1`);
  return number;
}
