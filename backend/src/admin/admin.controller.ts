import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, OpenBeforeSetup } from '../common/access.js';
import { Answers } from '../common/api.js';
import { registry } from '../common/metrics.js';
import { healthSchema } from './admin.dto.js';
import { HealthService, type Health } from './health.service.js';

@ApiTags('service')
@Controller('api')
export class AdminController {
  constructor(private readonly health: HealthService) {}

  @Get('health')
  @OpenBeforeSetup()
  @Header('cache-control', 'no-store')
  @Answers(healthSchema)
  getHealth(): Promise<Health> {
    return this.health.check();
  }

  @Get('metrics')
  @Allow('admin')
  @Header('content-type', registry.contentType)
  getMetrics(): Promise<string> {
    return registry.metrics();
  }
}
