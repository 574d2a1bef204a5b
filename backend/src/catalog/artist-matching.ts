import type { ArtistRef } from './credits.js';

export interface KnownArtist {
  readonly id: string;
  readonly nameKey: string;
  readonly musicBrainzId: string | null;
  readonly hasSortName: boolean;
}

export interface ArtistMatches {
  /** By `refKey`. */
  readonly ids: ReadonlyMap<string, string>;
  readonly create: readonly { readonly id: string; readonly artist: ArtistRef }[];
  /** Known ones that this batch tells more about: a MusicBrainz id, a sort name. */
  readonly improve: readonly { readonly id: string; readonly artist: ArtistRef }[];
}

export const refKey = (artist: ArtistRef): string => `${artist.nameKey}\u001f${artist.musicBrainzId ?? ''}`;

const byKey = (a: ArtistRef, b: ArtistRef): number => (refKey(a) < refKey(b) ? -1 : 1);

/**
 * Pure: who the artists of a batch are among those known. A name with an id is the artist with that id, else the one of
 * that name without an id, who thereby gets it; a name without an id is the first known of that name.
 */
export const matchArtists = (
  wanted: readonly ArtistRef[],
  known: readonly KnownArtist[],
  newId: () => string,
): ArtistMatches => {
  const distinct = new Map(wanted.map((artist) => [refKey(artist), artist]));
  const rows = new Map<string, (KnownArtist & { hasSortName: boolean; musicBrainzId: string | null })[]>();
  for (const row of [...known].sort((a, b) => (a.id < b.id ? -1 : 1)))
    rows.set(row.nameKey, [...(rows.get(row.nameKey) ?? []), { ...row }]);

  const ids = new Map<string, string>();
  const create: { id: string; artist: ArtistRef }[] = [];
  const improve: { id: string; artist: ArtistRef }[] = [];
  // Those with an id first, so that a bare name in the same batch finds them.
  const ordered = [...distinct.values()].sort(
    (a, b) => Number(a.musicBrainzId === null) - Number(b.musicBrainzId === null) || byKey(a, b),
  );
  for (const artist of ordered) {
    const named = rows.get(artist.nameKey) ?? [];
    const found =
      artist.musicBrainzId === null
        ? (named.find((row) => row.musicBrainzId === null) ?? named[0])
        : (named.find((row) => row.musicBrainzId === artist.musicBrainzId) ??
          named.find((row) => row.musicBrainzId === null));
    const hasSortName = artist.sortName !== artist.name;
    if (found === undefined) {
      const row = { id: newId(), nameKey: artist.nameKey, musicBrainzId: artist.musicBrainzId, hasSortName };
      rows.set(artist.nameKey, [...named, row]);
      create.push({ id: row.id, artist });
      ids.set(refKey(artist), row.id);
      continue;
    }
    ids.set(refKey(artist), found.id);
    const learnsId = found.musicBrainzId === null && artist.musicBrainzId !== null;
    if (learnsId || (hasSortName && !found.hasSortName)) {
      if (!create.some((made) => made.id === found.id)) improve.push({ id: found.id, artist });
      found.musicBrainzId ??= artist.musicBrainzId;
      found.hasSortName ||= hasSortName;
    }
  }
  return { ids, create: create.sort((a, b) => byKey(a.artist, b.artist)), improve };
};
