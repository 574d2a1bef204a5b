import { Injectable } from '@nestjs/common';
import { TrackReads } from '../catalog/track-reads.js';
import type { Visible } from '../libraries/seen.js';
import type { Preview } from './smart-lists.dto.js';
import type { Rules } from './rules.js';
import { SmartReads } from './smart-reads.js';

const SHOWN = 20;

/** What rules would find, while somebody writes them. */
@Injectable()
export class SmartPreviews {
  constructor(
    private readonly smart: SmartReads,
    private readonly tracks: TrackReads,
  ) {}

  async of(userId: string, rules: Rules, visible: Visible): Promise<Preview> {
    const found = await this.smart.count(userId, rules, visible);
    const ids = await this.smart.find(userId, rules, '', visible, { from: 0, limit: SHOWN });
    return { ...found, tracks: await this.tracks.findByIds(ids, visible) };
  }
}
