import { toHistories } from '../data/interactions.js';
import { trainIals, type IalsSettings } from '../models/ials.js';
import { factorsOfModel, type ArtistFactors } from './artist-factors.js';
import { PlayCounter, type FewestCounts } from './play-counts.js';
import { countListens } from './listenbrainz-listens.js';

export interface MakingOptions {
  /** Where the archive of listens was unpacked. */
  readonly folder: string;
  readonly source: string;
  readonly licence: string;
  readonly madeAt: Date;
  readonly fewest: FewestCounts;
  readonly settings: IalsSettings;
  readonly seed: number;
  readonly tell?: (words: string) => void;
}

/**
 * Learns from everybody's public listens what lies near what, artist by artist; no listener is in what comes out.
 * @throws RangeError when hardly anything is left of the listens.
 */
export async function makeArtistFactors({
  folder,
  fewest,
  settings,
  seed,
  tell = () => {},
  ...origin
}: MakingOptions): Promise<ArtistFactors> {
  const counter = new PlayCounter();
  const { unnamed } = await countListens(folder, counter);
  const { interactions, items } = counter.interactions(fewest);
  tell(
    `${counter.playCount} plays of named artists (${unnamed} lines without one); ` +
      `${interactions.userCount} listeners and ${items.length} artists are enough of each other to learn from`,
  );
  if (interactions.userCount < 2 || items.length < 2) throw new RangeError('too little was listened to');
  const model = trainIals(toHistories(interactions), settings, seed, {
    onEpoch: (epoch) => tell(`epoch ${epoch} of ${settings.epochs}`),
  });
  return factorsOfModel(model.state, items, {
    source: origin.source,
    licence: origin.licence,
    madeAt: origin.madeAt.toISOString(),
    counts: { listeners: interactions.userCount, plays: counter.playCount },
  });
}
