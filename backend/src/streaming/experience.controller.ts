import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { BatchAllowance } from './batch-allowance.js';
import { experiencesSchema, type ExperiencesBody } from './experience.dto.js';
import { countExperience } from './experience-metrics.js';

/** A player sends one every quarter of a minute at most. */
const BATCHES_A_MINUTE = 12;

/** What players tell of how their music arrived: counted, and not kept. */
@ApiTags('playback')
@Controller('api/playback')
export class ExperienceController {
  private readonly allowance = new BatchAllowance(BATCHES_A_MINUTE);

  @Post('experience')
  @HttpCode(204)
  @Allow('listener')
  @NeedsScope('read')
  tell(
    @Body({ schema: experiencesSchema }) { events }: ExperiencesBody,
    @CurrentUser() user: SignedIn,
  ): void {
    const retryAfterSeconds = this.allowance.take(user.userId);
    if (retryAfterSeconds > 0)
      throw new DomainError('TOO_MANY_REQUESTS', 'Tell of it less often.', { retryAfterSeconds });
    for (const event of events) countExperience(event);
  }
}
