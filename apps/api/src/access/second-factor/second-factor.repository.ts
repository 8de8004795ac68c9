import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database, type Queryable } from '../../database/database.ts';

/** A second factor as the database has it. */
export interface StoredFactor {
  secret: string;
  isConfirmed: boolean;
  lastStep: number;
  /** Whether the hash that was asked for is that of a recovery code. */
  isRecoveryCode: boolean;
}

@Injectable()
export class SecondFactorRepository {
  constructor(private readonly database: Database) {}

  find(
    userId: string | null,
    recoveryHash: Buffer | null,
    db: Queryable = this.database,
  ): Promise<StoredFactor | undefined> {
    return db.first(sql`
      SELECT secret, confirmed_at IS NOT NULL AS "isConfirmed", last_step::float8 AS "lastStep",
             EXISTS (SELECT FROM recovery_code code WHERE code.user_id = factor.user_id AND hash = ${recoveryHash}) AS "isRecoveryCode"
      FROM second_factor factor WHERE user_id = ${userId}::uuid`);
  }

  /** Keeps a secret that is still to be confirmed. @returns false where one is confirmed already */
  async save(tx: Queryable, userId: string, secret: string): Promise<boolean> {
    const row = await tx.first(sql`
      INSERT INTO second_factor AS factor (user_id, secret) VALUES (${userId}, ${secret})
      ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret WHERE factor.confirmed_at IS NULL
      RETURNING 1 AS saved`);
    return row !== undefined;
  }

  /** From now on a code is asked for. @returns false where the secret is no longer the one that waits for its code */
  async confirm(tx: Queryable, userId: string, secret: string, step: number, now: Date): Promise<boolean> {
    const row = await tx.first(sql`
      UPDATE second_factor SET confirmed_at = ${now}, last_step = ${step}
      WHERE user_id = ${userId} AND secret = ${secret} AND confirmed_at IS NULL RETURNING 1 AS confirmed`);
    return row !== undefined;
  }

  async insertRecoveryCodes(tx: Queryable, userId: string, hashes: Buffer[]): Promise<void> {
    await tx.query(sql`
      INSERT INTO recovery_code (user_id, hash) SELECT ${userId}, hash FROM unnest(${hashes}::bytea[]) AS hash`);
  }

  /** @returns false where a code of this step, or of a later one, was used already */
  async useStep(tx: Queryable, userId: string, step: number): Promise<boolean> {
    const row = await tx.first(sql`
      UPDATE second_factor SET last_step = ${step} WHERE user_id = ${userId} AND last_step < ${step} RETURNING 1 AS used`);
    return row !== undefined;
  }

  /** @returns false where it was used already */
  async useRecoveryCode(tx: Queryable, userId: string, hash: Buffer): Promise<boolean> {
    const row = await tx.first(sql`
      DELETE FROM recovery_code WHERE user_id = ${userId} AND hash = ${hash} RETURNING 1 AS used`);
    return row !== undefined;
  }

  /** @returns whether a code was asked for until now */
  async remove(tx: Queryable, userId: string): Promise<boolean> {
    const row = await tx.first<{ wasConfirmed: boolean }>(sql`
      DELETE FROM second_factor WHERE user_id = ${userId} RETURNING confirmed_at IS NOT NULL AS "wasConfirmed"`);
    return row?.wasConfirmed === true;
  }
}
