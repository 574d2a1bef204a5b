import type { ArtistCredit } from '../api/client';

const MAIN_ROLES: readonly ArtistCredit['role'][] = ['performer', 'albumArtist'];

/** Whose name stands under a title: performers, or everybody when the tags name no performer. One name once. */
export function mainArtists(artists: readonly ArtistCredit[]): readonly ArtistCredit[] {
  const main = artists.filter((artist) => MAIN_ROLES.includes(artist.role));
  const shown = main.length > 0 ? main : artists;
  return shown.filter((artist, at) => shown.findIndex((other) => other.id === artist.id) === at);
}

export const creditText = (artists: readonly ArtistCredit[]): string =>
  mainArtists(artists)
    .map((artist) => artist.name)
    .join(', ');
