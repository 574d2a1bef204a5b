import { Global, Module } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG, type Config } from '../config/config.js';
import { FolderStore } from './folder-store.js';
import { OBJECT_STORE } from './object-store.js';

@Global()
@Module({
  providers: [
    {
      provide: OBJECT_STORE,
      inject: [CONFIG],
      useFactory: (config: Config) => new FolderStore(join(config.dataDir, 'store')),
    },
  ],
  exports: [OBJECT_STORE],
})
export class StorageModule {}
