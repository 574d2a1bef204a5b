import { Injectable } from '@nestjs/common';
import { cleanName } from '../catalog/names.js';
import type { Visible } from '../libraries/seen.js';
import type { ImportBody, Imported } from './playlist-files.dto.js';
import { FORMATS } from './playlist-formats.js';
import { PlaylistsService } from '../playlists/playlists.service.js';
import { TrackFinder } from './track-finder.js';

const UNNAMED = 'Imported playlist';

/** What a list may be called, of what a file says: as its schema wants it. */
const titleOf = (text: string | null): string => {
  const plain = (text ?? '').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  return cleanName(plain, 100).trim() || UNNAMED;
};

/** Files of other players as playlists. */
@Injectable()
export class PlaylistImports {
  constructor(
    private readonly finder: TrackFinder,
    private readonly playlists: PlaylistsService,
  ) {}

  /** @throws DomainError INVALID_BODY, IMPORT_TOO_SLOW, TOO_MANY_PLAYLISTS */
  async make(userId: string, { format, title, content }: ImportBody, visible: Visible): Promise<Imported> {
    const listed = FORMATS[format].read(content);
    const found = await this.finder.find(listed.tracks, visible);
    const trackIds = found.filter((id) => id !== null);
    const wish = { title: title ?? titleOf(listed.title), description: '', members: [], trackIds };
    const playlist = await this.playlists.make(userId, { ...wish, visibility: 'private' }, visible);
    const missing = listed.tracks
      .map(({ title: named, artist, path }, at) => ({ position: at + 1, title: named, artist, path }))
      .filter((_, at) => found[at] === null);
    return { playlist, found: trackIds.length, missing };
  }
}
