import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Dependency } from '#health';
import { Database, throwAsProblem } from './database.ts';

/** On a connection of its own, which no other request is waited for; checks at the same time share one result. */
@Injectable()
export class DatabaseHealth implements Dependency, OnApplicationShutdown {
  readonly name = 'database';
  private readonly pool;
  private running: Promise<void> | undefined;

  constructor(database: Database) {
    this.pool = database.createPool({ max: 1, connectionTimeoutMillis: 5_000 });
  }

  check(): Promise<void> {
    return (this.running ??= this.ask().finally(() => (this.running = undefined)));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async ask(): Promise<void> {
    await this.pool.query('SELECT 1').catch(throwAsProblem);
  }
}
