import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { log } from '../common/log.js';
import { Database } from './database.js';
import { Notifier } from './notifier.js';
import { Pulse } from './pulse.js';

@Global()
@Module({})
export class DatabaseModule {
  /** `poolSize` connections; a request waits at most 5 s for one, then answers 503. */
  static forRoot(url: string, poolSize = 20): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url,
          poolSize,
          autoLoadEntities: true,
          installExtensions: false,
          retryAttempts: 3,
          retryDelay: 1000,
          connectTimeoutMS: 5000,
          poolErrorHandler: (error: unknown) => log.warn({ err: error }, 'a database connection was lost'),
        }),
      ],
      providers: [Database, Notifier, Pulse],
      exports: [Database, Notifier],
    };
  }
}
