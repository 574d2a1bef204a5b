import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import { Candidates } from './candidates.js';
import { viewOf } from './model-view.js';
import { Models } from './models.js';
import { profileOf } from './profile.js';
import { weeklyList } from './weekly-list.js';
import { WeeklyLists, type WeeklyHead } from './weekly-lists.js';

/** Of a list that was made while nothing was known of its listener. */
export const START_PATH = 'start';

/** Makes the list of a week, once. */
@Injectable()
export class WeeklyMaker {
  constructor(
    private readonly db: Database,
    private readonly models: Models,
    private readonly candidates: Candidates,
    private readonly lists: WeeklyLists,
  ) {}

  /** What is there already stays, unless it was made before anything was known of them. */
  async make(userId: string, week: string, visible: Visible): Promise<WeeklyHead | undefined> {
    await this.db.withAdvisoryLock(`weekly ${userId}`, () => this.makeNow(userId, week, visible));
    return this.lists.find(userId, week);
  }

  private async makeNow(userId: string, week: string, visible: Visible): Promise<true> {
    const before = await this.lists.find(userId, week);
    const profile = profileOf(await this.candidates.caredFor(userId));
    const isKnown = profile.tracks.length > 0;
    if (before !== undefined && !(before.path === START_PATH && isKnown)) return true;
    const recommender = await this.models.current();
    const view = viewOf(recommender, profile.tracks);
    const seed = `${userId} ${week}`;
    const found = await this.candidates.find(
      { userId, profile, preferred: view.best, leftOut: 'heard', seed },
      visible,
    );
    const settings = await this.db.first<{ adventure: number }>(
      'SELECT adventure FROM taste_settings WHERE user_id = $1',
      [userId],
    );
    const tracks = weeklyList(found, { profile, view, adventure: settings?.adventure ?? 0, seed });
    const isOfModel = view.best.length > 0 && recommender !== null;
    const path = isOfModel ? recommender.path : isKnown ? 'history' : START_PATH;
    await this.lists.keep(userId, { week, model: isOfModel ? recommender.version : null, path }, tracks);
    return true;
  }
}
