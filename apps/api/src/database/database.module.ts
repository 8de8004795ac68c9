import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type DatabaseOptions } from './database.ts';
import { DatabaseHealth } from './database.health.ts';

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: Database, useFactory: () => new Database(options) }, DatabaseHealth],
      exports: [Database, DatabaseHealth],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}
