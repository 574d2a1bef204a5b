import { Injectable } from '@nestjs/common';
import { ArtworkFiles } from '../catalog/artwork-files.js';
import type { TrackDetail } from '../catalog/catalog.dto.js';
import { TrackReads } from '../catalog/track-reads.js';
import type { Visible } from '../libraries/seen.js';
import { LADDER, type Rung } from '../media/ladder.js';
import { originalType } from '../streaming/original-headers.js';
import { requireMeasured, SourceRepository, type TrackSource } from '../transcode/source.repository.js';
import type { DownloadFormat } from './downloads.dto.js';
import type { FileTags } from './mp4-tags.js';
import { RungFiles } from './rung-files.js';
import { originalFile, type StoredFile } from './stored-file.js';

/** A track that somebody sees, on its way to be a file. */
export interface TrackFile {
  readonly track: TrackDetail;
  readonly source: TrackSource;
  /** With its dot. */
  readonly extension: string;
  /** The file's own name, where it goes as it came. */
  readonly ownName: string | null;
  /** As it is now; undefined while it must be encoded first. */
  find(): Promise<StoredFile | undefined>;
  /** Waits until it is there. @throws DomainError */
  get(gone: AbortSignal): Promise<StoredFile>;
}

const COVER_SIZE = 1024;

const rungOf = (format: DownloadFormat): Rung | undefined =>
  LADDER.find(({ name }) => name === (format === 'flac' ? 'flac-0' : format));

@Injectable()
export class TrackFiles {
  constructor(
    private readonly tracks: TrackReads,
    private readonly sources: SourceRepository,
    private readonly rungs: RungFiles,
    private readonly pictures: ArtworkFiles,
  ) {}

  /** @throws DomainError TRACK_NOT_FOUND, and what a track that cannot be played throws */
  async of(trackId: string, format: DownloadFormat, visible: Visible): Promise<TrackFile> {
    const track = await this.tracks.getById(trackId, visible);
    const source = requireMeasured(trackId, (await this.sources.find([trackId])).get(trackId));
    const rung = rungOf(format);
    return rung === undefined ? this.original(track, source) : this.rung(track, source, rung);
  }

  private original(track: TrackDetail, source: TrackSource): TrackFile {
    const ownName = source.path.subarray(source.path.lastIndexOf(0x2f) + 1).toString();
    const get = (): Promise<StoredFile> => originalFile(source.path, originalType(ownName));
    const extension = /\.[a-z0-9]{1,5}$/i.exec(ownName)?.[0].toLowerCase() ?? '';
    return { track, source, extension, ownName, find: get, get };
  }

  private rung(track: TrackDetail, source: TrackSource, rung: Rung): TrackFile {
    const tags = async (): Promise<FileTags> => tagsOf(track, await this.cover(track));
    const find = (): Promise<StoredFile | undefined> => this.rungs.find(source, rung, tags);
    const get = async (gone: AbortSignal): Promise<StoredFile> => {
      for (;;) {
        const file = await find();
        if (file !== undefined) return file;
        await this.rungs.make(source, rung, gone);
      }
    };
    return { track, source, extension: '.m4a', ownName: null, find, get };
  }

  /** A picture that is not there keeps nobody from the music. */
  private async cover({ artwork }: TrackDetail): Promise<Buffer | null> {
    if (artwork === null) return null;
    return this.pictures.readGranted(artwork.id, COVER_SIZE, 'jpeg').catch(() => null);
  }
}

const credited = ({ credits }: TrackDetail, wanted: TrackDetail['credits'][number]['role']): string[] =>
  credits.filter(({ role }) => role === wanted).map(({ name }) => name);

const tagsOf = (track: TrackDetail, cover: Buffer | null): FileTags => ({
  title: track.title,
  artists: track.artists.map(({ name }) => name),
  album: track.album.title,
  albumArtists: credited(track, 'albumArtist'),
  composers: credited(track, 'composer'),
  genres: track.genres.map(({ name }) => name),
  date: track.year === null ? null : String(track.year),
  track: { number: track.trackNumber, total: track.trackTotal },
  disc: { number: track.discNumber, total: track.discTotal },
  isrc: track.isrc,
  musicBrainzId: track.musicBrainzId,
  lyrics: track.lyrics.find(({ synced }) => !synced)?.text ?? null,
  cover,
});
