import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Dependency } from '#health';
import { Database } from './database.ts';

@Injectable()
export class DatabaseHealth implements Dependency {
  readonly name = 'database';

  constructor(private readonly database: Database) {}

  async check(): Promise<void> {
    await this.database.query(sql`SELECT 1`);
  }
}
