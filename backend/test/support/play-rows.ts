import { newId } from '../../src/common/id.js';
import type { PlayRow } from '../../src/plays/play.repository.js';

/** An event as it would have been judged, a play unless it is told otherwise. */
export const playRow = (
  over: Partial<PlayRow> & Pick<PlayRow, 'userId' | 'trackId' | 'startedAt'>,
): PlayRow => ({
  id: newId(),
  toldStartedAt: over.startedAt,
  clock: 'right',
  playedMs: 200_000,
  durationMs: 200_000,
  outcome: 'play',
  source: null,
  sourceId: null,
  passive: false,
  modelVersion: null,
  position: null,
  endedBy: null,
  ...over,
});
