import { ials } from '../models/ials.js';
import { writeArtistFactors } from './artist-factors.js';
import { USAGE, readOptions, type CommandOptions } from './command-options.js';
import { makeArtistFactors } from './make-artist-factors.js';

const SEED = 1;
const tell = (words: string): void => void process.stdout.write(`${words}\n`);

async function run({ listens, out, source, licence, ...counts }: CommandOptions): Promise<void> {
  const factors = await makeArtistFactors({
    folder: listens,
    source,
    licence,
    madeAt: new Date(),
    fewest: { listeners: counts.fewestListeners, items: counts.fewestArtists },
    settings: { ...ials.defaults, dimensions: counts.dimensions },
    seed: SEED,
    tell,
  });
  await writeArtistFactors(out, factors);
  tell(`${factors.artists.length} artists of ${factors.dimensions} numbers each in ${out}`);
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 1;
}
