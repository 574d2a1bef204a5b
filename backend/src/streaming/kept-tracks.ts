import type { Visible } from '../libraries/seen.js';
import type { FoundSource } from '../transcode/source.repository.js';
import type { KeptTracksDto } from './offline.dto.js';

/** How long a device may play what it keeps without asking again. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Pure: which of these tracks somebody may keep for playing without a network. A file that is away, or being measured
 * anew, is no reason to lose what was kept of it; what is not seen, gone or unreadable is.
 */
export const keptTracks = (
  trackIds: readonly string[],
  found: ReadonlyMap<string, FoundSource>,
  visible: Visible,
  nowMs: number,
): KeptTracksDto => {
  const kept: KeptTracksDto['kept'] = [];
  const refused: string[] = [];
  for (const trackId of new Set(trackIds)) {
    const track = found.get(trackId);
    const isSeen = track !== undefined && (visible === null || visible.includes(track.libraryId));
    if (!isSeen || track.state === 'rejected') refused.push(trackId);
    else kept.push({ trackId, version: track.state === 'measured' ? track.source.soundVersion : null });
  }
  return { kept, refused, keepUntil: new Date(nowMs + KEPT_DAYS * DAY_MS).toISOString() };
};
