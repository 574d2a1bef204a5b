import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { AccountRights } from './account-rights.js';
import { Accounts } from './accounts.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.js';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { Credentials } from './credentials.js';
import { DevicesController } from './devices.controller.js';
import { Invitation } from './invitation.entity.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.js';
import { KeysController } from './keys.controller.js';
import { LargeBodies } from './large-bodies.js';
import { Revocations } from './revocations.js';
import { SessionController } from './session.controller.js';
import { SessionCookies } from './session-cookies.js';
import { Session } from './session.entity.js';
import { SessionMemory } from './session-memory.js';
import { SessionNews } from './session-news.js';
import { SessionService } from './session.service.js';
import { SetupService } from './setup.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([User, Session, ApiKey, Invitation])],
  controllers: [
    SessionController,
    DevicesController,
    KeysController,
    UsersController,
    InvitationsController,
    AuditController,
  ],
  providers: [
    UserRepository,
    AccountRights,
    Accounts,
    ApiKeys,
    AuditLog,
    Credentials,
    Invitations,
    LargeBodies,
    Revocations,
    SessionCookies,
    SessionMemory,
    SessionNews,
    SessionService,
    SetupService,
    SignInLimits,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [SetupService, Credentials, Revocations, AuditLog, Accounts, SessionCookies],
})
export class UsersModule {}
