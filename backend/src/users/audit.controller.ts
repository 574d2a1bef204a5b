import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { AuditLog } from './audit-log.js';
import { auditPageSchema, type AuditEntryDto } from './audit.dto.js';

@ApiTags('accounts')
@Controller('api/audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Allow('admin')
  @Answers(auditPageSchema)
  list(@Query({ schema: pageQuerySchema }) query: PageQuery): Promise<Page<AuditEntryDto>> {
    return this.log.page(query);
  }
}
