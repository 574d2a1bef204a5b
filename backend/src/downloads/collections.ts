import { Injectable } from '@nestjs/common';
import { AlbumReads } from '../catalog/album-reads.js';
import { DomainError } from '../common/errors.js';
import type { Visible } from '../libraries/seen.js';
import { PlaylistTracks } from '../playlists/playlist-tracks.js';
import type { DownloadFormat } from './downloads.dto.js';
import { distinctNames, numbered, safeName } from './file-names.js';
import { TrackFiles, type TrackFile } from './track-files.js';
import type { ZipEntry } from './zip-answer.js';

export interface Collection {
  readonly name: string;
  readonly entries: readonly ZipEntry[];
}

interface Wanted {
  readonly id: string;
  /** What stands before a track's name, so that the folder is in order. */
  readonly place: string;
  readonly withArtist: boolean;
}

/** Albums and playlists as folders of files. */
@Injectable()
export class Collections {
  constructor(
    private readonly albums: AlbumReads,
    private readonly lists: PlaylistTracks,
    private readonly files: TrackFiles,
  ) {}

  /** @throws DomainError ALBUM_NOT_FOUND, NOT_FOUND when nothing of it can be had */
  async album(id: string, format: DownloadFormat, visible: Visible, gone: AbortSignal): Promise<Collection> {
    const { title, artists, discs, compilation } = await this.albums.getById(id, visible);
    const wanted = discs.flatMap(({ number, tracks }) =>
      tracks.map(({ id: trackId, trackNumber }, at) => ({
        id: trackId,
        place: `${discs.length > 1 ? `${number}-` : ''}${numbered(trackNumber ?? at + 1, tracks.length)}`,
        withArtist: compilation,
      })),
    );
    const by = artists.map(({ name }) => name).join(', ');
    return this.collect(by === '' ? title : `${by} - ${title}`, wanted, format, visible, gone);
  }

  /** Each track once, where it stands first. @throws DomainError PLAYLIST_NOT_FOUND, RULES_TOO_SLOW, NOT_FOUND */
  async playlist(
    id: string,
    userId: string,
    format: DownloadFormat,
    visible: Visible,
    gone: AbortSignal,
  ): Promise<Collection> {
    const { title, trackIds } = await this.lists.get(id, { userId, visible });
    const distinct = [...new Set(trackIds)];
    const wanted = distinct.map((trackId, at) => ({
      id: trackId,
      place: numbered(at + 1, distinct.length),
      withArtist: true,
    }));
    return this.collect(title, wanted, format, visible, gone);
  }

  private async collect(
    title: string,
    wanted: readonly Wanted[],
    format: DownloadFormat,
    visible: Visible,
    gone: AbortSignal,
  ): Promise<Collection> {
    const found: { readonly wish: Wanted; readonly file: TrackFile }[] = [];
    const paths = new Set<string>();
    for (const wish of wanted) {
      gone.throwIfAborted();
      // What cannot be played at the moment is left out; the rest is not held back by it.
      const file = await this.files.of(wish.id, format, visible).catch((error: unknown) => {
        if (error instanceof DomainError) return undefined;
        throw error;
      });
      // Tracks out of one CUE sheet are one file as it came.
      const path = file?.source.path.toString('latin1') ?? '';
      if (file === undefined || (file.ownName !== null && paths.has(path))) continue;
      paths.add(path);
      found.push({ wish, file });
    }
    if (found.length === 0)
      throw new DomainError('NOT_FOUND', 'Nothing of it can be downloaded at the moment.');
    const folder = safeName(title);
    const names = distinctNames(found.map(({ wish, file }) => nameOf(wish, file)));
    const entries = await Promise.all(
      found.map(async ({ file }, at): Promise<ZipEntry> => {
        const name = `${folder}/${names[at] ?? ''}`;
        return { name, file: await file.find().catch(() => undefined), open: () => file.get(gone) };
      }),
    );
    return { name: `${folder}.zip`, entries };
  }
}

const isPart = ({ source: { range } }: TrackFile): boolean => range.fromSample > 0 || range.toSample !== null;

const nameOf = ({ place, withArtist }: Wanted, file: TrackFile): string => {
  if (file.ownName !== null && isPart(file)) return safeName(file.ownName);
  return `${place} ${trackName(file, withArtist)}`;
};

/** Of a file by itself, too. */
export const trackName = ({ track, extension }: TrackFile, withArtist: boolean): string => {
  const by = track.artists.map(({ name }) => name).join(', ');
  return `${safeName(withArtist && by !== '' ? `${by} - ${track.title}` : track.title)}${extension}`;
};
