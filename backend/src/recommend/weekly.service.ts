import { Injectable } from '@nestjs/common';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import type { Visible } from '../libraries/seen.js';
import { ReasonReads } from './reason-reads.js';
import { TasteService } from './taste.service.js';
import { weekOf } from './week.js';
import type { Weekly } from './weekly.dto.js';
import { WeeklyLists, type WeeklyHead } from './weekly-lists.js';
import { START_PATH, WeeklyMaker } from './weekly-maker.js';

/** The list of a week as its listener sees it: what they may not hear any more is not in it. */
@Injectable()
export class WeeklyService {
  constructor(
    private readonly taste: TasteService,
    private readonly maker: WeeklyMaker,
    private readonly lists: WeeklyLists,
    private readonly tracks: TrackReads,
    private readonly reasons: ReasonReads,
  ) {}

  /** That of this week is made where there is none. @throws DomainError LIST_NOT_FOUND */
  async get(userId: string, week: string | undefined, visible: Visible): Promise<Weekly> {
    const head = week === undefined ? await this.ofNow(userId, visible) : await this.lists.find(userId, week);
    if (head === undefined) throw new DomainError('LIST_NOT_FOUND', 'No list is kept of this week.');
    const kept = await this.lists.tracks(head.id);
    const ids = kept.map(({ trackId }) => trackId);
    const shown = new Map((await this.tracks.findByIds(ids, visible)).map((track) => [track.id, track]));
    const reasons = await this.reasons.of(userId, kept, visible);
    return {
      week: head.week,
      model: head.model,
      path: head.path,
      madeAt: head.madeAt.toISOString(),
      items: kept.flatMap(({ trackId, novelty, movement, propensity }) => {
        const [track, reason] = [shown.get(trackId), reasons.get(trackId)];
        if (track === undefined || reason === undefined) return [];
        return [{ track, novelty, movement, isExploration: propensity !== null, reason }];
      }),
      weeks: (await this.lists.weeks(userId)).map((each) => each.week),
    };
  }

  private async ofNow(userId: string, visible: Visible): Promise<WeeklyHead | undefined> {
    const { timeZone } = await this.taste.get(userId);
    const week = weekOf(new Date(), timeZone);
    const there = await this.lists.find(userId, week);
    return there === undefined || there.path === START_PATH ? this.maker.make(userId, week, visible) : there;
  }
}
