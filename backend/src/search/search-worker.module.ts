import { Module } from '@nestjs/common';
import { SearchFollower } from './search-follower.js';
import { SearchRebuild } from './search-rebuild.js';
import { SearchRefresh } from './search-refresh.js';

/** The worker's side of search: the index. */
@Module({ providers: [SearchRefresh, SearchRebuild, SearchFollower] })
export class SearchWorkerModule {}
