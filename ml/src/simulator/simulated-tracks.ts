import type { Random } from '../data/random.js';
import type { SimulatedTracks, SimulationShape } from './simulation-shape.js';

const TRACKS_AN_ALBUM = 10;
const ALBUMS_AN_ARTIST = 2;
/** Of Zipf's law: the tenth most liked track of a cluster is played about a sixth as often as the first. */
const TAIL = 0.8;

/** Albums stand whole in one cluster, artists too; some of their tracks stand in a second one as well. */
export function simulateTracks(
  { tracks, clusters, overlap }: SimulationShape,
  random: Random,
): SimulatedTracks {
  const albums = Int32Array.from({ length: tracks }, (_, track) => Math.floor(track / TRACKS_AN_ALBUM));
  const artists = albums.map((album) => Math.floor(album / ALBUMS_AN_ARTIST));
  const places = new Float64Array(clusters);
  const order = Float64Array.from({ length: tracks }, () => random.next());
  const mostLikedFirst = [...order.keys()].sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
  const appeal = new Float64Array(tracks);
  for (const track of mostLikedFirst) {
    const cluster = (artists[track] ?? 0) % clusters;
    places[cluster] = (places[cluster] ?? 0) + 1;
    appeal[track] = (places[cluster] ?? 1) ** -TAIL;
  }
  return {
    albums,
    artists,
    appeal,
    clusters: artists.map((artist) => {
      const own = artist % clusters;
      const second =
        random.next() < overlap ? (own + 1 + random.below(Math.max(1, clusters - 1))) % clusters : own;
      return (1 << own) | (1 << second);
    }),
    lengthsMs: Int32Array.from({ length: tracks }, () =>
      Math.round(210_000 * Math.exp(random.normal() * 0.25)),
    ),
  };
}
