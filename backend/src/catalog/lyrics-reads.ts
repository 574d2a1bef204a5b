import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { readLyrics } from '../media/lyric-lines.js';
import type { LyricsDto, TrackLyrics } from './lyrics.dto.js';

type Row = Omit<LyricsDto, 'timing'> & { readonly timing: LyricsDto['timing'] | null };

@Injectable()
export class LyricsReads {
  constructor(private readonly db: Database) {}

  /** @throws DomainError TRACK_NOT_FOUND */
  async ofTrack(trackId: string, visible: Visible): Promise<TrackLyrics> {
    const params = new SqlParams();
    const row = await this.db.first<{ items: Row[] }>(
      `SELECT (SELECT coalesce(json_agg(json_build_object('language', language, 'source', source, 'timing', timing,
           'text', text, 'lines', lines) ORDER BY position), '[]') FROM lyrics WHERE track_id = tracks.id) AS items
       FROM tracks WHERE tracks.id = ${params.add(trackId)} AND ${seenBy(visible, params.add).track}`,
      params.values,
    );
    if (row === undefined) throw new DomainError('TRACK_NOT_FOUND', 'There is no such track.');
    return { items: row.items.map(toLyrics) };
  }
}

/** Stored before times had columns of their own: they stand in the text, until the file is read again. */
const toLyrics = ({ language, source, timing, text, lines }: Row): LyricsDto => {
  if (timing !== null) return { language, source, timing, text, lines };
  const read = readLyrics(text);
  return {
    language,
    source,
    timing: read.timing,
    text: read.text,
    lines:
      read.lines?.map((line) => ({ ...line, words: line.words === null ? null : [...line.words] })) ?? null,
  };
};
