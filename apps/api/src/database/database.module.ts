import {
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Database, type DatabaseOptions } from './database.ts';
import { DatabaseHealth } from './database.health.ts';
import { ReadReplica, type ReplicaOptions } from './replica/read-replica.ts';

@Global()
@Module({})
export class DatabaseModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: DatabaseOptions, replica: ReplicaOptions | undefined): DynamicModule {
    const create = () => {
      const database = new Database(options);
      if (replica) database.eventual = new ReadReplica(database, options, replica);
      return database;
    };
    return {
      module: DatabaseModule,
      providers: [{ provide: Database, useFactory: create }, DatabaseHealth],
      exports: [Database, DatabaseHealth],
    };
  }

  onApplicationBootstrap(): void {
    if (this.database.eventual instanceof ReadReplica) this.database.eventual.start();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.eventual instanceof ReadReplica) await this.database.eventual.close();
    await this.database.close();
  }
}
