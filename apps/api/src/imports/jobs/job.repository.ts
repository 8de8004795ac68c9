import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { ImportReading } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { type Job, LeaseLost, type Progress } from './job.ts';

/** How long a task's lease on a job lasts without renewal. */
export const LEASE_SECONDS = 15;
const LEASED = raw(`clock_timestamp() + interval '${LEASE_SECONDS} seconds'`);

/** Who works on which job, and how far it is. */
@Injectable()
export class JobRepository {
  constructor(private readonly database: Database) {}

  /** Takes the oldest job that no task works on, or undefined. */
  async claim(): Promise<Job | undefined> {
    const row = await this.database.first<Omit<Job, 'rows' | 'done'> & { rows: string | null; done: string }>(sql`
      UPDATE import
      SET state = CASE state WHEN 'undoing' THEN state ELSE 'running' END, started_at = coalesce(started_at, now()),
          lease_token = ${randomUUID()}, leased_until = ${LEASED}, attempts = attempts + 1, version = version + 1
      WHERE id = (
        SELECT id FROM import
        WHERE state IN ('queued', 'running', 'undoing') AND (leased_until IS NULL OR leased_until < now())
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      RETURNING id, file_id AS "fileId", file_name AS "fileName", format, encoding, mode, stock, options, dry_run AS "dryRun",
        state = 'undoing' AS "isUndo",
        CASE state WHEN 'undoing' THEN coalesce(undone_by, actor_id) ELSE actor_id END AS "actorId", rows, reading, done, attempts, lease_token AS token`);
    return row && { ...row, rows: row.rows === null ? null : Number(row.rows), done: Number(row.done) };
  }

  /** Renews the lease. @throws LeaseLost */
  async renew({ id, token }: Job): Promise<void> {
    await this.change(this.database, sql`leased_until = ${LEASED}`, id, token);
  }

  /** Leaves the job to the next task, not before some seconds have passed. @throws LeaseLost */
  async release({ id, token }: Job, seconds: number): Promise<void> {
    await this.change(
      this.database,
      sql`leased_until = now() + make_interval(secs => ${seconds}), lease_token = NULL`,
      id,
      token,
    );
  }

  /** @throws LeaseLost */
  async setReading({ id, token }: Job, rows: number | null, reading: ImportReading): Promise<void> {
    await this.change(
      this.database,
      sql`rows = ${rows}, reading = ${JSON.stringify(reading)}, version = version + 1`,
      id,
      token,
    );
  }

  /** Part of the transaction that did the rows. @throws LeaseLost */
  async advance(tx: Queryable, { id, token }: Job, progress: Progress): Promise<void> {
    const { created, updated, failed, stockSkipped, stockDelta } = progress;
    const sets = sql`
      done = done + ${created + updated + failed}, created = created + ${created}, updated = updated + ${updated}, failed = failed + ${failed},
      stock_skipped = stock_skipped + ${stockSkipped}, stock_delta = stock_delta + ${stockDelta},
      attempts = 0, leased_until = ${LEASED}, version = version + 1`;
    await this.change(tx, sets, id, token);
  }

  /** Part of the transaction that undid the items. @throws LeaseLost */
  async advanceUndo(tx: Queryable, { id, token }: Job, undone: number, notUndone: number): Promise<void> {
    const sets = sql`undone = undone + ${undone}, not_undone = not_undone + ${notUndone}, attempts = 0, leased_until = ${LEASED}, version = version + 1`;
    await this.change(tx, sets, id, token);
  }

  /** @param reason why the file as a whole failed, or null. @throws LeaseLost */
  async finish(tx: Queryable, { id, token, isUndo }: Job, reason: string | null): Promise<void> {
    const state = reason !== null ? 'failed' : isUndo ? 'undone' : 'done';
    const sets = sql`
      state = ${state}, reason = ${reason}, finished_at = now(), leased_until = NULL, lease_token = NULL, version = version + 1`;
    await this.change(tx, sets, id, token);
  }

  private async change(db: Queryable, sets: ReturnType<typeof sql>, id: string, token: string): Promise<void> {
    const row = await db.first(
      sql`UPDATE import SET ${sets} WHERE id = ${id} AND lease_token = ${token} RETURNING 1 AS mine`,
    );
    if (!row) throw new LeaseLost(`Import ${id} is no longer this task's.`);
  }
}
