import { readFile, rename, rm } from 'node:fs/promises';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeDurably } from '../directory/durable.js';
import type { ModelState } from '../models/model.js';

/** Where the plays came from that the factors were learnt from, and how. */
export interface FactorOrigin {
  readonly source: string;
  readonly licence: string;
  readonly madeAt: string;
  readonly counts: { readonly listeners: number; readonly plays: number };
  /** Of iALS: a listener is folded in with the numbers of the training. */
  readonly ridge: { readonly alpha: number; readonly lambda: number; readonly nu: number };
}

export interface ArtistFactors {
  readonly origin: FactorOrigin;
  /** A MusicBrainz artist id a row. */
  readonly artists: readonly string[];
  readonly dimensions: number;
  /** Row-major, a row an artist. */
  readonly factors: Float32Array;
}

const MARK = 'kanade.artist-factors';
const FORMAT_VERSION = 1;

/** @throws RangeError when source or licence is not told, or the numbers are not a row an artist. */
export async function writeArtistFactors(path: string, given: ArtistFactors): Promise<void> {
  assertFactors(given);
  const { origin, artists, dimensions, factors } = given;
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'artist_mbid', data: [...artists], type: 'STRING', nullable: false },
      ...Array.from({ length: dimensions }, (_, column) => ({
        name: `f${column}`,
        data: Float32Array.from(artists, (_, row) => factors[row * dimensions + column] ?? 0),
        type: 'FLOAT' as const,
        nullable: false,
      })),
    ],
    kvMetadata: [
      { key: MARK, value: JSON.stringify({ formatVersion: FORMAT_VERSION, dimensions, ...origin }) },
    ],
  });
  const aside = `${path}.writing`;
  await rm(aside, { force: true });
  await writeDurably(aside, new Uint8Array(bytes));
  await rename(aside, path);
}

/** @throws RangeError, saying why, when it is no file of artist factors that this version reads. */
export async function readArtistFactors(path: string): Promise<ArtistFactors> {
  const bytes = await readFile(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { dimensions, ...origin } = headOf(path, file);
  const rows = await parquetReadObjects({ file });
  const factors = new Float32Array(rows.length * dimensions);
  rows.forEach((row, place) => {
    for (let column = 0; column < dimensions; column++)
      factors[place * dimensions + column] =
        typeof row[`f${column}`] === 'number' ? Number(row[`f${column}`]) : NaN;
  });
  const found = { origin, artists: rows.map((row) => String(row.artist_mbid)), dimensions, factors };
  assertFactors(found);
  return found;
}

/**
 * Pure: a model of an installation's own artists, in its own order, that folds in whoever listens there. Artists
 * the file does not know have a row of zeros: they are never recommended by it.
 */
export function modelOfArtists(given: ArtistFactors, own: readonly (string | null)[]): ModelState {
  const { dimensions: width, factors, origin } = given;
  const rowOf = new Map(given.artists.map((id, row) => [id, row]));
  const itemFactors = new Float32Array(own.length * width);
  own.forEach((id, place) => {
    const row = id === null ? undefined : rowOf.get(id);
    if (row !== undefined) itemFactors.set(factors.subarray(row * width, (row + 1) * width), place * width);
  });
  return {
    kind: 'ials',
    itemCount: own.length,
    numbers: { dimensions: width, ...origin.ridge },
    arrays: { itemFactors },
  };
}

/** Pure: what an installation gives away of its own: rows of artists, nobody's plays. */
export function factorsOfModel(
  { kind, numbers: { dimensions = 0, alpha = NaN, lambda = NaN, nu = NaN }, arrays }: ModelState,
  artists: readonly string[],
  origin: Omit<FactorOrigin, 'ridge'>,
): ArtistFactors {
  const factors = arrays.itemFactors;
  if (!(factors instanceof Float32Array))
    throw new RangeError(`a model of kind ${kind} has no factors of items`);
  return { origin: { ...origin, ridge: { alpha, lambda, nu } }, artists, dimensions, factors };
}

function assertFactors({ origin, artists, dimensions, factors }: ArtistFactors): void {
  if (origin.source.trim() === '' || origin.licence.trim() === '')
    throw new RangeError('artist factors say where they come from and under which licence');
  if (factors.length !== artists.length * dimensions)
    throw new RangeError(`${factors.length} numbers for ${artists.length} artists of ${dimensions} each`);
  if (new Set(artists).size !== artists.length) throw new RangeError('an artist stands in two rows');
  const broken = factors.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0)
    throw new RangeError(`the factors of ${artists[Math.floor(broken / dimensions)]} are no numbers`);
  const ridge = Object.values(origin.ridge);
  if (ridge.length !== 3 || !ridge.every(Number.isFinite)) throw new RangeError('the ridge is not told');
}

function headOf(path: string, file: ArrayBuffer): FactorOrigin & { readonly dimensions: number } {
  const head: unknown = JSON.parse(metadataOf(path, file));
  if (!isHead(head)) throw new RangeError(`${path} does not say where its factors come from`);
  const { formatVersion, ...told } = head;
  if (formatVersion !== FORMAT_VERSION)
    throw new RangeError(`${path} is of format ${formatVersion}, this server reads format ${FORMAT_VERSION}`);
  return told;
}

type Head = FactorOrigin & { readonly dimensions: number; readonly formatVersion: number };

const isHead = (value: unknown): value is Head =>
  typeof value === 'object' &&
  value !== null &&
  'formatVersion' in value &&
  'dimensions' in value &&
  Number.isInteger(value.dimensions) &&
  'source' in value &&
  typeof value.source === 'string' &&
  'licence' in value &&
  typeof value.licence === 'string' &&
  'ridge' in value &&
  typeof value.ridge === 'object' &&
  value.ridge !== null;

function metadataOf(path: string, file: ArrayBuffer): string {
  try {
    const text = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === MARK)?.value;
    if (text !== undefined) return text;
  } catch (cause) {
    throw new RangeError(`${path} is no Parquet file`, { cause });
  }
  throw new RangeError(`${path} holds no artist factors`);
}
