import { DataSource } from 'typeorm';
import { Database } from '../../backend/dist/database/database.js';
import { KINDS, SEARCH_KINDS } from '../../backend/dist/search/kinds.js';
import { SearchIndex, type Asker, type Hits } from '../../backend/dist/search/search-index.js';
import { SearchRebuild } from '../../backend/dist/search/search-rebuild.js';
import { SearchRefresh } from '../../backend/dist/search/search-refresh.js';
import { searchTerms, type SearchTerms } from '../../backend/dist/search/search-terms.js';
import { fillCatalogue } from '../catalogue/fill.ts';
import { Random } from '../catalogue/random.ts';
import { idOf } from '../catalogue/things.ts';
import { cpuMs } from '../report/backend-cpu.ts';
import type { ScratchServer } from '../scan/server.ts';
import { keystrokes, type Keystroke, type Typed } from './keystrokes.ts';
import { askPlain, askPlainNamesFirst, PLAIN_LIMITS, PLAIN_TABLE, sightOf, type PlainHit } from './plain.ts';

export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** By the clock, and the processor's time in the one database process that answers: the second hardly sees other work. */
export interface Spent {
  readonly clock: Times;
  readonly cpu: Times;
}

export interface Measured {
  readonly tracks: number;
  readonly ours: Spent;
  readonly plain: Spent;
  readonly agreement: {
    readonly compared: number;
    readonly same: number;
    /** Where the plain query is wrong (it takes the pairs of a Japanese run for the run) or finds nothing. */
    readonly excused: number;
    readonly differing: readonly string[];
  };
  readonly build: {
    readonly seconds: number;
    readonly peakMb: number;
    readonly indexMb: number;
    readonly plainMb: number;
  };
}

interface Work {
  readonly tracks: number;
  readonly queries: number;
  readonly say: (text: string) => void;
}

/** One client; by turns with the anchor, so that both meet the same machine. */
export const measureSearch = async (
  server: ScratchServer,
  { tracks, queries, say }: Work,
): Promise<Measured> => {
  say(`a catalogue of ${tracks} tracks`);
  const url = await server.makeDatabase(`search_${tracks}`);
  await fillCatalogue(url, { tracks });
  say('its index');
  const build = await withDatabase(url, 4, async (db) => {
    const built = await timeBuild(db);
    for (const statement of PLAIN_TABLE) await db.query(statement);
    return built;
  });
  return withDatabase(url, 1, async (db) => {
    const backend = await db.first<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const keys = keystrokes(await namesToType(db, tracks, queries), new Random(7));
    say(`${keys.length} keystrokes`);
    const index = new SearchIndex(db);
    const ours = newSeries();
    const plain = newSeries();
    const compared: Compared[] = [];
    const timed = async <T>(series: Series, work: () => Promise<T>): Promise<T> => {
      const [began, spent] = [performance.now(), cpuMs(backend?.pid ?? 0)];
      const result = await work();
      series.clock.push(performance.now() - began);
      series.cpu.push(cpuMs(backend?.pid ?? 0) - spent);
      return result;
    };
    // Neither is timed while its connection and its plans are cold.
    for (const warm of [true, false]) {
      for (const [at, key] of (warm ? keys.slice(0, 100) : keys).entries()) {
        const terms = searchTerms(key.text);
        const libraries = key.libraries?.map((library) => idOf('1', library)) ?? null;
        const sight = await sightOf(db, libraries);
        const asker = { userId: idOf('9', 0), visible: libraries };
        const askOurs = (): Promise<Hits> => timed(ours, () => findWithTypos(index, terms, asker));
        if (at % 2 === 0) await timed(plain, () => askPlain(db, terms, sight));
        const hits = await askOurs();
        if (at % 2 === 1) await timed(plain, () => askPlain(db, terms, sight));
        if (!warm) compared.push(compare(key, hits, await askPlainNamesFirst(db, terms, sight), terms));
      }
      if (warm) for (const series of [ours, plain]) series.clock.length = series.cpu.length = 0;
    }
    const plainMb = await megabytes(db, ['plain']);
    return {
      tracks,
      ours: spentIn(ours),
      plain: spentIn(plain),
      agreement: {
        compared: compared.filter(({ verdict }) => verdict !== 'excused').length,
        same: compared.filter(({ verdict }) => verdict === 'same').length,
        excused: compared.filter(({ verdict }) => verdict === 'excused').length,
        differing: compared.filter(({ verdict }) => verdict === 'other').map(({ text }) => text),
      },
      build: { ...build, plainMb },
    };
  });
};

const withDatabase = async <T>(
  url: string,
  poolSize: number,
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const source = await new DataSource({ type: 'postgres', url, poolSize }).initialize();
  try {
    return await work(new Database(source));
  } finally {
    await source.destroy();
  }
};

interface Series {
  readonly clock: number[];
  readonly cpu: number[];
}
const newSeries = (): Series => ({ clock: [], cpu: [] });

/** As the service asks: where nothing is found, what may have been meant. */
const findWithTypos = async (index: SearchIndex, terms: SearchTerms, asker: Asker): Promise<Hits> => {
  const hits = await index.find(terms, PLAIN_LIMITS, asker);
  if (isEmpty(hits))
    for (const meant of await index.findCorrections(terms)) {
      const found = await index.find(meant, PLAIN_LIMITS, asker);
      if (!isEmpty(found)) return found;
    }
  return hits;
};

const isEmpty = (hits: Hits): boolean => Object.values(hits).every((found) => found.length === 0);

interface Compared {
  readonly text: string;
  readonly verdict: 'same' | 'other' | 'excused';
}

const compare = (
  { text, japanese }: Keystroke,
  hits: Hits,
  plain: readonly PlainHit[],
  { terms }: SearchTerms,
): Compared => {
  const isRun = japanese && terms.length > 1;
  if (plain.length === 0) return { text, verdict: 'excused' };
  const same = SEARCH_KINDS.every((kind) => {
    const ids = hits[kind].map(({ id }) => id);
    // Lists that only their owner sees are in no plain table.
    const theirs = plain.filter((hit) => hit.kind === KINDS[kind]).map(({ id }) => id);
    return kind === 'playlist' ? theirs.length <= ids.length : ids.join() === theirs.join();
  });
  return { text, verdict: same ? 'same' : isRun ? 'excused' : 'other' };
};

const timeBuild = async (
  db: Database,
): Promise<{ readonly seconds: number; readonly peakMb: number; readonly indexMb: number }> => {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const began = performance.now();
  await new SearchRebuild(db, new SearchRefresh(db)).run(new AbortController().signal);
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const indexMb = await megabytes(db, [
    'search_docs',
    'search_prefixes',
    'search_words',
    'search_typos',
    'search_lyrics',
  ]);
  return { seconds, peakMb: Math.round(peak / 2 ** 20), indexMb };
};

const megabytes = async (db: Database, tables: readonly string[]): Promise<number> => {
  const row = await db.first<{ bytes: number }>(
    'SELECT sum(pg_total_relation_size(name::regclass))::float8 AS bytes FROM unnest($1::text[]) AS name',
    [tables],
  );
  return Math.round((row?.bytes ?? 0) / 2 ** 20);
};

/** Half of them known to many, half any. */
const namesToType = async (db: Database, tracks: number, count: number): Promise<Typed[]> => {
  const random = new Random(3);
  const places = Array.from({ length: count }, () =>
    Math.floor((random.chance(0.5) ? random.next() ** 4 : random.next()) * tracks),
  );
  return db.query<Typed>(
    `SELECT tracks.title, tracks.artist_text AS artist FROM unnest($1::int[]) WITH ORDINALITY AS wanted (d, at)
     JOIN search_docs ON search_docs.kind = 1 AND search_docs.d = wanted.d
     JOIN tracks ON tracks.id = search_docs.id ORDER BY wanted.at`,
    [places],
  );
};

const spentIn = ({ clock, cpu }: Series): Spent => ({ clock: timesOf(clock), cpu: timesOf(cpu) });

const timesOf = (times: readonly number[]): Times => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
};
