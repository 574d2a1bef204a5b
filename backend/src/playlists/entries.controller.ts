import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { EntryEdits } from './entry-edits.js';
import { EntryReads } from './entry-reads.js';
import type { Change } from './playlist-lock.js';
import {
  addedSchema,
  addEntriesSchema,
  editedSchema,
  entryPageSchema,
  moveEntriesSchema,
  removeEntriesSchema,
  type AddEntries,
  type Added,
  type Edited,
  type EntryPage,
  type MoveEntries,
  type RemoveEntries,
} from './playlists.dto.js';

@ApiTags('playlists')
@Controller('api/playlists/:id/entries')
export class EntriesController {
  constructor(
    private readonly reads: EntryReads,
    private readonly edits: EntryEdits,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(entryPageSchema)
  async list(
    @Param('id') id: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<EntryPage> {
    return this.reads.page(user.userId, validId(id), query, await this.libraries.of(user));
  }

  @Post()
  @HttpCode(200)
  @Allow('listener')
  @Answers(addedSchema)
  async add(
    @Param('id') id: string,
    @Body({ schema: addEntriesSchema }) body: AddEntries,
    @CurrentUser() user: SignedIn,
  ): Promise<Added> {
    return this.edits.add(await this.changeOf(user, id, body), body);
  }

  @Post('move')
  @HttpCode(200)
  @Allow('listener')
  @Answers(editedSchema)
  async move(
    @Param('id') id: string,
    @Body({ schema: moveEntriesSchema }) body: MoveEntries,
    @CurrentUser() user: SignedIn,
  ): Promise<Edited> {
    return this.edits.move(await this.changeOf(user, id, body), body);
  }

  @Post('remove')
  @HttpCode(200)
  @Allow('listener')
  @Answers(editedSchema)
  async remove(
    @Param('id') id: string,
    @Body({ schema: removeEntriesSchema }) body: RemoveEntries,
    @CurrentUser() user: SignedIn,
  ): Promise<Edited> {
    return this.edits.remove(await this.changeOf(user, id, body), body);
  }

  private async changeOf(
    user: SignedIn,
    id: string,
    { revision }: Pick<Change, 'revision'>,
  ): Promise<Change> {
    const visible = await this.libraries.of(user);
    return { userId: user.userId, playlistId: validId(id), revision, visible };
  }
}
