import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** A link for a new password, or the news that the password was changed. */
export type PasswordMailKind = 'reset' | 'changed';

/** A mail that this task sends. */
export interface DuePasswordMail {
  kind: PasswordMailKind;
  emailKey: string;
  askedAt: Date;
}

/** The mails about passwords that are still to be sent. */
@Injectable()
export class PasswordMailRepository {
  constructor(private readonly database: Database) {}

  /** @param emailKey an address as addresses are compared, which no account need have */
  async addReset(emailKey: string, now: Date, expiresAt: Date): Promise<void> {
    await this.database.query(sql`
      INSERT INTO password_mail (kind, email_key, asked_at, next_at, expires_at)
      VALUES ('reset', ${emailKey}, ${now}, ${now}, ${expiresAt})
      ON CONFLICT (kind, email_key) DO UPDATE SET expires_at = excluded.expires_at`);
  }

  async addChanged(tx: Queryable, userId: string, now: Date, expiresAt: Date): Promise<void> {
    await tx.query(sql`
      INSERT INTO password_mail (kind, email_key, asked_at, next_at, expires_at)
      SELECT 'changed', email_key, ${now}::timestamptz, ${now}::timestamptz, ${expiresAt}::timestamptz
      FROM user_account WHERE id = ${userId}
      ON CONFLICT (kind, email_key) DO UPDATE SET asked_at = excluded.asked_at, expires_at = excluded.expires_at`);
  }

  /** Takes a mail that is due. A task that dies before it is sent leaves it for another one from `retryAt` on. */
  claim(now: Date, retryAt: Date): Promise<DuePasswordMail | undefined> {
    return this.database.first(sql`
      UPDATE password_mail SET next_at = ${retryAt} WHERE (kind, email_key) = (
        SELECT kind, email_key FROM password_mail WHERE next_at <= ${now} AND expires_at > ${now}
        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING kind, email_key AS "emailKey", asked_at AS "askedAt"`);
  }

  /** Mail goes to the address as the account has it, never to one that was typed. */
  findRecipient(emailKey: string): Promise<{ userId: string; email: string } | undefined> {
    return this.database.first(sql`SELECT id AS "userId", email FROM user_account WHERE email_key = ${emailKey}`);
  }

  async delete({ kind, emailKey }: DuePasswordMail): Promise<void> {
    await this.database.query(sql`DELETE FROM password_mail WHERE kind = ${kind} AND email_key = ${emailKey}`);
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.query(sql`DELETE FROM password_mail WHERE expires_at <= ${now}`);
  }
}
