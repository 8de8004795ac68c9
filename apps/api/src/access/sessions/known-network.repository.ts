import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** How many networks are kept for one account: the newest. */
const MAX_PER_ACCOUNT = 20;

/** The networks, as keyed hashes, from which an account was signed in to. */
@Injectable()
export class KnownNetworkRepository {
  constructor(private readonly database: Database) {}

  async has(userId: string | null, network: Buffer, since: Date): Promise<boolean> {
    const row = await this.database.first(sql`
      SELECT 1 AS found FROM known_network WHERE user_id = ${userId}::uuid AND network = ${network} AND last_at >= ${since}`);
    return row !== undefined;
  }

  async save(tx: Queryable, userId: string, network: Buffer, now: Date): Promise<void> {
    await tx.query(sql`
      INSERT INTO known_network (user_id, network, last_at) VALUES (${userId}, ${network}, ${now})
      ON CONFLICT (user_id, network) DO UPDATE SET last_at = excluded.last_at`);
    await tx.query(sql`
      DELETE FROM known_network WHERE user_id = ${userId} AND network IN (
        SELECT network FROM known_network WHERE user_id = ${userId} ORDER BY last_at DESC OFFSET ${MAX_PER_ACCOUNT})`);
  }

  async deleteOlderThan(time: Date): Promise<void> {
    await this.database.query(sql`DELETE FROM known_network WHERE last_at < ${time}`);
  }
}
