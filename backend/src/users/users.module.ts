import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { Revocations } from './revocations.js';
import { SessionController } from './session.controller.js';
import { Session } from './session.entity.js';
import { SessionMemory } from './session-memory.js';
import { SessionNews } from './session-news.js';
import { SessionService } from './session.service.js';
import { SetupService } from './setup.service.js';
import { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([User, Session])],
  controllers: [SessionController, UsersController],
  providers: [
    UserRepository,
    Revocations,
    SessionMemory,
    SessionNews,
    SessionService,
    SetupService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SetupService, SessionService, Revocations],
})
export class UsersModule {}
