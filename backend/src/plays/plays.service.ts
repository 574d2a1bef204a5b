import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import { PlayRepository, type PlayRow, type ReportedTrack } from './play.repository.js';
import { outcomeOf, placeInTime } from './play-rules.js';
import { playEventSchema, type PlayBatch, type PlayEvent, type PlayReceipt } from './plays.dto.js';

type Rejected = PlayReceipt['rejected'][number];

/** What devices report: each event judged alone, and each counted once, however often it comes. */
@Injectable()
export class PlaysService {
  constructor(
    private readonly db: Database,
    private readonly plays: PlayRepository,
  ) {}

  async report(userId: string, batch: PlayBatch, visible: Visible): Promise<PlayReceipt> {
    const { once, twice } = onceEach(batch);
    const { sound, wrong } = sort(once);
    if (sound.size === 0) return { accepted: [], duplicates: twice, rejected: wrong };
    return this.db.transaction(async (tx) => {
      await this.plays.hold(userId, 'reporting', tx);
      const known = await this.plays.findKnown(userId, [...sound.keys()], tx);
      const fresh = new Map([...sound].filter(([id]) => !known.has(id)));
      const { added, unseen } = await this.add(userId, fresh, visible, tx);
      const refused = new Set(unseen);
      return {
        accepted: told(sound, (id) => added.has(id)),
        duplicates: [...twice, ...told(sound, (id) => !added.has(id) && !refused.has(id))],
        rejected: [
          ...wrong,
          ...told(sound, (id) => refused.has(id)).map((id): Rejected => ({
            id,
            code: 'TRACK_NOT_FOUND',
            field: 'trackId',
          })),
        ],
      };
    });
  }

  private async add(
    userId: string,
    events: ReadonlyMap<string, PlayEvent>,
    visible: Visible,
    tx: EntityManager,
  ): Promise<{ readonly added: ReadonlySet<string>; readonly unseen: readonly string[] }> {
    const tracks = await this.plays.findTracks(
      [...new Set([...events.values()].map(({ trackId }) => trackId.toLowerCase()))],
      visible,
      tx,
    );
    const rows: PlayRow[] = [];
    const unseen: string[] = [];
    for (const [id, event] of events) {
      const track = tracks.get(event.trackId.toLowerCase());
      if (track === undefined) unseen.push(id);
      else rows.push(judged(userId, id, event, track));
    }
    return { added: rows.length === 0 ? new Set() : await this.plays.add(rows, tx), unseen };
  }
}

/** Ids as they are stored, against what was sent. */
const onceEach = (
  batch: PlayBatch,
): { readonly once: ReadonlyMap<string, PlayBatch[number]>; readonly twice: string[] } => {
  const once = new Map<string, PlayBatch[number]>();
  const twice: string[] = [];
  for (const event of batch) {
    const id = event.id.toLowerCase();
    if (once.has(id)) twice.push(event.id);
    else once.set(id, event);
  }
  return { once, twice };
};

const sort = (
  batch: ReadonlyMap<string, PlayBatch[number]>,
): { readonly sound: ReadonlyMap<string, PlayEvent>; readonly wrong: Rejected[] } => {
  const sound = new Map<string, PlayEvent>();
  const wrong: Rejected[] = [];
  for (const [id, event] of batch) {
    const read = playEventSchema.safeParse(event);
    if (read.success) sound.set(id, read.data);
    else
      wrong.push({
        id: event.id,
        code: 'INVALID_PLAY',
        field: read.error.issues[0]?.path.join('.') ?? null,
      });
  }
  return { sound, wrong };
};

/** The ids as the device wrote them. */
const told = (events: ReadonlyMap<string, PlayEvent>, isOne: (id: string) => boolean): string[] =>
  [...events].filter(([id]) => isOne(id)).map(([, event]) => event.id);

const judged = (userId: string, id: string, event: PlayEvent, track: ReportedTrack): PlayRow => {
  const { playedMs, context } = event;
  const endedBy = context?.endedBy ?? null;
  const toldStartedAt = new Date(event.startedAt);
  const { startedMs, clock } = placeInTime({
    toldMs: toldStartedAt.getTime(),
    playedMs,
    receivedMs: track.now.getTime(),
  });
  return {
    id,
    userId,
    trackId: track.id,
    startedAt: new Date(startedMs),
    toldStartedAt,
    clock,
    playedMs,
    durationMs: track.durationMs,
    outcome: outcomeOf({ playedMs, durationMs: track.durationMs, endedBy }),
    source: context?.source ?? null,
    sourceId: context?.sourceId ?? null,
    passive: context?.passive ?? false,
    modelVersion: context?.modelVersion ?? null,
    position: context?.position ?? null,
    endedBy,
  };
};
