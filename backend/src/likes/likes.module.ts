import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LikesController } from './likes.controller.js';
import { LikesService } from './likes.service.js';
import { OpinionsRepository } from './opinions.repository.js';

@Module({
  imports: [CatalogModule],
  controllers: [LikesController],
  providers: [LikesService, OpinionsRepository],
})
export class LikesModule {}
