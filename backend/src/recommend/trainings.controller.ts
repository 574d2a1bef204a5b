import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { pageQuerySchema, type PageQuery } from '../common/page.js';
import { CurrentUser } from '../users/access.guard.js';
import { AuditLog } from '../users/audit-log.js';
import type { SignedIn } from '../users/signed-in.js';
import { Rollback } from './rollback.js';
import { Trainings } from './trainings.js';
import {
  rollbackSchema,
  trainingPageSchema,
  trainingSchema,
  type Rollback as RolledBack,
  type Training,
  type TrainingPage,
} from './trainings.dto.js';

@ApiTags('recommendations')
@Controller('api/recommendations')
export class TrainingsController {
  constructor(
    private readonly trainings: Trainings,
    private readonly rollbacks: Rollback,
    private readonly audit: AuditLog,
  ) {}

  @Post('train')
  @HttpCode(202)
  @Allow('admin')
  @Answers(trainingSchema, 202)
  train(@CurrentUser() actor: SignedIn): Promise<Training> {
    return this.trainings.ask('asked', (targetId, tx) =>
      this.audit.write({ actor, action: 'recommender.train', targetId }, tx),
    );
  }

  @Get('trainings')
  @Allow('admin')
  @Answers(trainingPageSchema)
  async list(@Query({ schema: pageQuerySchema }) query: PageQuery): Promise<TrainingPage> {
    const { items, nextCursor } = await this.trainings.list(query);
    const { current, kept } = await this.rollbacks.standing();
    return { items: [...items], nextCursor, current, kept: [...kept] };
  }

  @Post('rollback')
  @HttpCode(200)
  @Allow('admin')
  @Answers(rollbackSchema)
  async rollback(@CurrentUser() actor: SignedIn): Promise<RolledBack> {
    const current = await this.rollbacks.toPrevious();
    await this.audit.write({ actor, action: 'recommender.rollback', targetId: current });
    return { current };
  }
}
