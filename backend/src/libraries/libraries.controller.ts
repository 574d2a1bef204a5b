import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { LibraryAccess } from './library-access.js';
import {
  libraryChangeSchema,
  managedLibrariesSchema,
  managedLibrarySchema,
  type LibraryChange,
  type ManagedLibraries,
  type ManagedLibrary,
} from './libraries.dto.js';

@ApiTags('library')
@Controller('api/libraries')
export class LibrariesController {
  constructor(private readonly access: LibraryAccess) {}

  @Get()
  @Allow('admin')
  @Answers(managedLibrariesSchema)
  async list(): Promise<ManagedLibraries> {
    return { items: await this.access.list() };
  }

  @Patch(':id')
  @Allow('admin')
  @Answers(managedLibrarySchema)
  change(
    @Param('id') id: string,
    @Body({ schema: libraryChangeSchema }) body: LibraryChange,
    @CurrentUser() actor: SignedIn,
  ): Promise<ManagedLibrary> {
    return this.access.change(actor, validId(id), body);
  }
}
