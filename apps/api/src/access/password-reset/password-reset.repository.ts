import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** The link by which a person may choose a new password: one at a time. */
@Injectable()
export class PasswordResetRepository {
  constructor(private readonly database: Database) {}

  /** The earlier link is void. */
  async save(userId: string, tokenHash: Buffer, expiresAt: Date): Promise<void> {
    await this.database.query(sql`
      INSERT INTO password_reset (user_id, token_hash, expires_at) VALUES (${userId}, ${tokenHash}, ${expiresAt})
      ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`);
  }

  /** @returns whose link that is, where it is valid */
  async findUser(tokenHash: Buffer, now: Date): Promise<string | undefined> {
    const row = await this.database.first<{ userId: string }>(sql`
      SELECT user_id AS "userId" FROM password_reset WHERE token_hash = ${tokenHash} AND expires_at > ${now}`);
    return row?.userId;
  }

  /** @returns false where the link was used meanwhile, or is void */
  async use(tx: Queryable, tokenHash: Buffer, now: Date): Promise<boolean> {
    const row = await tx.first(sql`
      DELETE FROM password_reset WHERE token_hash = ${tokenHash} AND expires_at > ${now} RETURNING 1 AS used`);
    return row !== undefined;
  }

  async delete(tx: Queryable, userId: string): Promise<void> {
    await tx.query(sql`DELETE FROM password_reset WHERE user_id = ${userId}`);
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.query(sql`DELETE FROM password_reset WHERE expires_at <= ${now}`);
  }
}
