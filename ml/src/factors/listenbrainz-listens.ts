import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PlayCounter } from './play-counts.js';

export interface Listen {
  readonly listener: string;
  /** MusicBrainz ids of the artists of one play; several where it is credited to several. */
  readonly artists: readonly string[];
}

const MBID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Pure: one line of a `.listens` file of ListenBrainz' public dump, or of an export of it: a JSON object with
 * `user_name` or `user_id` and `track_metadata`, whose artists stand in `mbid_mapping` where ListenBrainz found them,
 * else in `additional_info` where the player told them. Null without a listener or an artist's id.
 */
export function parseListen(line: string): Listen | null {
  const listen = objectIn(parseJson(line));
  const metadata = objectIn(listen.track_metadata);
  const artists = [metadata.mbid_mapping, metadata.additional_info]
    .map((part) => mbidsIn(objectIn(part).artist_mbids))
    .find((ids) => ids.length > 0);
  const listener = listen.user_name ?? listen.user_id;
  const isNamed = typeof listener === 'string' || typeof listener === 'number';
  return artists !== undefined && isNamed ? { listener: String(listener), artists } : null;
}

/** Counts all `.listens` files below a folder, which is the archive unpacked; tells how many lines named no artist. */
export async function countListens(
  folder: string,
  counter: PlayCounter,
): Promise<{ readonly unnamed: number }> {
  let unnamed = 0;
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.listens'));
  for (const file of files.sort()) {
    for await (const line of createInterface({
      input: createReadStream(join(folder, file)),
      crlfDelay: Infinity,
    })) {
      const listen = parseListen(line);
      if (listen === null) unnamed++;
      else for (const artist of listen.artists) counter.add(listen.listener, artist);
    }
  }
  return { unnamed };
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const mbidsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value
        .filter((id) => typeof id === 'string')
        .map((id) => id.toLowerCase())
        .filter((id) => MBID.test(id))
    : [];

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a dump that was cut short; one line less is no reason to have none.
    return null;
  }
}
