import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { assertInteractions, type Interactions } from '../data/interactions.js';
import { writeDirectory } from './durable.js';

/** Which id stands in which row: `users[3]` is the listener that the interactions call 3. */
export interface RowIds {
  readonly users: readonly string[];
  readonly items: readonly string[];
}

export interface ExportedInteractions {
  readonly interactions: Interactions;
  readonly ids: RowIds;
}

const FILES = {
  interactions: 'interactions.parquet',
  users: 'users.parquet',
  items: 'items.parquet',
} as const;
const FORMAT = 'kanade.interactions';
const FORMAT_VERSION = '1';
const MARK = [{ key: FORMAT, value: FORMAT_VERSION }];

/**
 * Writes what another engine can train with: `name` is a new directory in `root`, there whole or not at all.
 * @throws RangeError when the interactions are not well-formed, or ids and rows are not as many.
 */
export async function writeInteractions(
  root: string,
  name: string,
  { interactions, ids }: ExportedInteractions,
): Promise<void> {
  assertInteractions(interactions);
  assertCounts(interactions, ids);
  const { users, items, weights, ages } = interactions;
  const columnData = [
    { name: 'user', data: users, type: 'INT32' as const, nullable: false },
    { name: 'item', data: items, type: 'INT32' as const, nullable: false },
    { name: 'weight', data: weights, type: 'FLOAT' as const, nullable: false },
    ...(ages === undefined
      ? []
      : [{ name: 'age_days', data: ages, type: 'FLOAT' as const, nullable: false }]),
  ];
  await mkdir(root, { recursive: true });
  await writeDirectory(
    root,
    name,
    `.writing-${name}`,
    new Map([
      [FILES.interactions, new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata: MARK }))],
      [FILES.users, idFile(ids.users)],
      [FILES.items, idFile(ids.items)],
    ]),
  );
}

/** @throws RangeError when the directory is not of this format, or its rows and ids do not belong together. */
export async function readInteractions(directory: string): Promise<ExportedInteractions> {
  const ids = {
    users: await readIds(join(directory, FILES.users)),
    items: await readIds(join(directory, FILES.items)),
  };
  const rows = await readRows(join(directory, FILES.interactions));
  const interactions: Interactions = {
    userCount: ids.users.length,
    itemCount: ids.items.length,
    users: Int32Array.from(rows, (row) => numberIn(row, 'user')),
    items: Int32Array.from(rows, (row) => numberIn(row, 'item')),
    weights: Float32Array.from(rows, (row) => numberIn(row, 'weight')),
    ...(rows[0]?.age_days === undefined
      ? {}
      : { ages: Float32Array.from(rows, (row) => numberIn(row, 'age_days')) }),
  };
  assertInteractions(interactions);
  return { interactions, ids };
}

const idFile = (ids: readonly string[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'row', data: Int32Array.from(ids.keys()), type: 'INT32', nullable: false },
        { name: 'id', data: [...ids], type: 'STRING', nullable: false },
      ],
      kvMetadata: MARK,
    }),
  );

async function readIds(path: string): Promise<string[]> {
  const rows = await readRows(path);
  return rows.map((row, place) => {
    if (numberIn(row, 'row') !== place || typeof row.id !== 'string')
      throw new RangeError(`${path}: row ${place} is not the ${place}th`);
    return row.id;
  });
}

async function readRows(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const mark = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === FORMAT)?.value;
  if (mark !== FORMAT_VERSION) throw new RangeError(`${path} is of format ${mark}, not ${FORMAT_VERSION}`);
  return parquetReadObjects({ file });
}

function numberIn(row: Readonly<Record<string, unknown>>, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new RangeError(`${column} is ${String(value)}`);
  return value;
}

function assertCounts({ userCount, itemCount }: Interactions, ids: RowIds): void {
  if (ids.users.length !== userCount || ids.items.length !== itemCount)
    throw new RangeError(
      `${ids.users.length} and ${ids.items.length} ids for ${userCount} listeners and ${itemCount} items`,
    );
}
