import { readLyrics, type Lyrics } from '../media/lyric-lines.js';
import { CREDIT_ROLES, type TagLyrics, type TrackTags } from '../media/track-tags.js';
import { albumIdentity, type FilePlace } from './album-identity.js';
import {
  artistList,
  musicBrainzId,
  splitFeaturing,
  uniqueArtists,
  type ArtistRef,
  type Credit,
} from './credits.js';
import { cleanName, fold, searchText, sortKey } from './names.js';
import { releaseTypes, type ReleaseType } from './release-types.js';

export interface MergedAlbum {
  readonly mergeKey: string;
  readonly title: string;
  readonly sortTitle: string | null;
  readonly sortKey: string;
  readonly artistText: string;
  readonly artistSortKey: string;
  readonly artists: readonly ArtistRef[];
  /** See AlbumIdentity: the writer looks at all tracks of the album and decides. */
  readonly artistsDerived: boolean;
  readonly compilation: boolean;
  readonly originalDate: string | null;
  readonly releaseTypes: readonly ReleaseType[];
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly discTotal: number | null;
  readonly musicBrainzId: string | null;
  readonly musicBrainzGroupId: string | null;
  readonly searchText: string;
}

export interface GenreRef {
  readonly name: string;
  readonly nameKey: string;
  readonly sortKey: string;
}

export interface MergedLyrics extends Lyrics {
  readonly source: 'embedded' | 'sidecar';
}

/** What one file says, as the catalogue stores it. */
export interface MergedTrack {
  readonly title: string;
  readonly sortTitle: string | null;
  readonly sortKey: string;
  readonly artistText: string;
  readonly artistSortKey: string;
  readonly album: MergedAlbum;
  readonly credits: readonly Credit[];
  readonly genres: readonly GenreRef[];
  readonly lyrics: readonly MergedLyrics[];
  readonly trackNumber: number | null;
  readonly trackTotal: number | null;
  readonly discNumber: number | null;
  readonly discTitle: string | null;
  readonly year: number | null;
  readonly date: string | null;
  readonly isrc: string | null;
  readonly musicBrainzId: string | null;
  readonly musicBrainzTrackId: string | null;
  readonly comment: string | null;
  readonly bpm: number | null;
  readonly replaygainTrackDb: number | null;
  readonly replaygainAlbumDb: number | null;
  readonly searchText: string;
}

const UNKNOWN_ARTIST = 'Unknown artist';
const LONG_TEXT = 4000;
const MOST_LYRICS = 20;

const textOrNull = (text: string | null, characters = 500): string | null =>
  text === null ? null : cleanName(text, characters) || null;

/** Line breaks belong to a comment; only what Postgres refuses goes. */
const longText = (text: string, characters: number): string =>
  text.replaceAll('\0', '').slice(0, characters).toWellFormed().trim();

const within = (value: number | null, least: number, most: number): number | null =>
  value !== null && value >= least && value <= most ? value : null;

const genreRefs = (names: readonly string[]): GenreRef[] => {
  const seen = new Map<string, GenreRef>();
  for (const text of names) {
    const name = cleanName(text, 100);
    const nameKey = fold(name);
    if (name !== '' && !seen.has(nameKey)) seen.set(nameKey, { name, nameKey, sortKey: sortKey(name) });
  }
  return [...seen.values()];
};

/** Of several artists they stand in one text, separated by semicolons. */
const sortNames = (text: string | null, artists: readonly string[]): readonly string[] => {
  if (text === null) return [];
  const parts = text.split(/\s*;\s*/u);
  return parts.length === artists.length ? parts : [text];
};

const albumArtistsOf = (tags: TrackTags): ArtistRef[] =>
  artistList(
    tags.albumArtists,
    sortNames(tags.sort.albumArtist, tags.albumArtists),
    tags.musicBrainz.albumArtists,
  );

/** The performers: those of the artist tag, then the guests whom only the title names. */
const performersOf = (tags: TrackTags): ArtistRef[] => {
  const artists = artistList(
    tags.artists,
    sortNames(tags.sort.artist, tags.artists),
    tags.musicBrainz.artists,
  );
  const guests = artistList(splitFeaturing(tags.title ?? '').guests);
  if (artists.length > 0) return uniqueArtists([...artists, ...guests]);
  const albumArtists = albumArtistsOf(tags);
  return uniqueArtists([
    ...(albumArtists.length > 0 ? albumArtists : artistList([UNKNOWN_ARTIST])),
    ...guests,
  ]);
};

/** "03 - A_Song.mp3" as a title, for a file whose tags have none. */
const titleOfFile = (fileName: string): string => {
  const bare = fileName.replace(/\.[^.]+$/u, '').replaceAll('_', ' ');
  return (
    cleanName(bare.replace(/^\d{1,3}(?:[-.]\d{1,3})?[\s.)-]+(?=\S)/u, '')) || cleanName(bare) || 'Untitled'
  );
};

const creditsOf = (tags: TrackTags, performers: readonly ArtistRef[]): Credit[] => {
  const credits: Credit[] = performers.map((artist) => ({ role: 'performer', artist }));
  for (const role of CREDIT_ROLES) {
    const names = tags.credits[role] ?? [];
    const sorts = role === 'composer' ? sortNames(tags.sort.composer, names) : [];
    for (const artist of artistList(names, sorts)) credits.push({ role, artist });
  }
  return credits;
};

/** ID3 must name a language, and has words for none. */
const languageOf = (tagged: string | null): string | null => {
  const language = cleanName(tagged ?? '', 35);
  return language === '' || /^(?:xxx|und|zxx)$/i.test(language) ? null : language;
};

/** Those with the finest times first: what is shown where only one is. */
const FINEST = ['word', 'line', 'none'] as const;

const lyricsOf = (tagged: readonly TagLyrics[]): MergedLyrics[] =>
  tagged
    .slice(0, MOST_LYRICS)
    .map(({ text, language, isBeside }): MergedLyrics => {
      const read = readLyrics(text);
      return {
        ...read,
        language: languageOf(language) ?? languageOf(read.language),
        source: isBeside === true ? 'sidecar' : 'embedded',
      };
    })
    .filter(({ text }) => text !== '')
    .sort((a, b) => FINEST.indexOf(a.timing) - FINEST.indexOf(b.timing));

const sortByFirst = (artists: readonly ArtistRef[]): string => artists[0]?.sortKey ?? '';

const namesOf = (artists: readonly ArtistRef[]): string => artists.map((artist) => artist.name).join(', ');

/** Pure: one file's tags and place become a track, its album, its artists and genres. */
export const mergeTrack = (tags: TrackTags, place: FilePlace): MergedTrack => {
  const performers = performersOf(tags);
  const identity = albumIdentity(
    {
      title: tags.album,
      artists: albumArtistsOf(tags),
      compilation: tags.compilation,
      musicBrainzId: tags.musicBrainz.release,
      catalogNumber: tags.catalogNumber,
    },
    performers,
    place,
  );
  const title = cleanName(tags.title ?? '') || titleOfFile(place.fileName);
  const artistText = textOrNull(tags.artistText) ?? namesOf(performers);
  const albumArtistText = namesOf(identity.artists);
  return {
    title,
    sortTitle: textOrNull(tags.sort.title),
    sortKey: sortKey(title, tags.sort.title),
    artistText,
    artistSortKey: sortByFirst(performers),
    album: {
      mergeKey: identity.mergeKey,
      title: identity.title,
      sortTitle: textOrNull(tags.sort.album),
      sortKey: sortKey(identity.title, tags.sort.album),
      artistText: albumArtistText,
      artistSortKey: sortByFirst(identity.artists),
      artists: identity.artists,
      artistsDerived: identity.artistsDerived,
      compilation: identity.compilation,
      originalDate: textOrNull(tags.originalDate, 40),
      releaseTypes: releaseTypes(tags.releaseType, identity.title, identity.compilation),
      label: textOrNull(tags.label),
      catalogNumber: textOrNull(tags.catalogNumber, 100),
      discTotal: within(tags.discTotal, 1, 1000),
      musicBrainzId: musicBrainzId(tags.musicBrainz.release),
      musicBrainzGroupId: musicBrainzId(tags.musicBrainz.releaseGroup),
      searchText: searchText(identity.title, albumArtistText),
    },
    credits: creditsOf(tags, performers),
    genres: genreRefs(tags.genres),
    lyrics: lyricsOf(tags.lyrics),
    trackNumber: within(tags.trackNumber, 0, 100_000),
    trackTotal: within(tags.trackTotal, 1, 100_000),
    discNumber: within(tags.discNumber, 0, 1000) ?? identity.disc,
    discTitle: textOrNull(tags.discTitle),
    year: within(tags.year, 1, 9999),
    date: textOrNull(tags.date, 40),
    isrc: textOrNull(tags.isrc, 40),
    musicBrainzId: musicBrainzId(tags.musicBrainz.recording),
    musicBrainzTrackId: musicBrainzId(tags.musicBrainz.track),
    comment: tags.comment === null ? null : longText(tags.comment, LONG_TEXT) || null,
    bpm: within(tags.bpm, 1, 1000),
    replaygainTrackDb: within(tags.replayGain.trackDb, -100, 100),
    replaygainAlbumDb: within(tags.replayGain.albumDb, -100, 100),
    searchText: searchText(title, namesOf(performers), identity.title, albumArtistText),
  };
};
