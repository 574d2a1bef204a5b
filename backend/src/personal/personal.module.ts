import { Module, type DynamicModule } from '@nestjs/common';
import type { PersonalPart } from '../users/personal-part.js';
import { UsersModule } from '../users/users.module.js';
import { PERSONAL_PARTS_TOKEN, PersonalExport } from './personal-export.js';
import { PersonalController } from './personal.controller.js';

@Module({})
export class PersonalModule {
  /** The parts come from whoever composes the house: no room knows of all others. */
  static forRoot(parts: readonly PersonalPart[]): DynamicModule {
    return {
      module: PersonalModule,
      imports: [UsersModule],
      controllers: [PersonalController],
      providers: [PersonalExport, { provide: PERSONAL_PARTS_TOKEN, useValue: parts }],
    };
  }
}
