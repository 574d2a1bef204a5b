import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope, OpenBeforeSetup } from '../common/access.js';
import { Answers } from '../common/api.js';
import { gauge, registry } from '../common/metrics.js';
import { healthSchema } from './admin.dto.js';
import { HealthService, type Health } from './health.service.js';

const libraryFiles = gauge('library_files', 'Files of all libraries by their state.', ['state']);

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
  @NeedsScope('metrics')
  @Header('content-type', registry.contentType)
  async getMetrics(): Promise<string> {
    const states = await this.health.countFiles();
    for (const { state, count } of states) libraryFiles.set({ state }, count);
    return registry.metrics();
  }
}
