import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type ListAccountSessions, type Role, SESSION_IDLE_SECONDS } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import { readPage } from '../../lists/keyset.ts';

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  /** Who is behind a session that is still alive, as they are now. */
  findPrincipal(
    id: string,
    now: Date,
  ): Promise<{ actorId: string; name: string; role: Role; expiresAt: Date } | undefined> {
    return this.database.first(sql`
      SELECT actor.id AS "actorId", actor.name, account.role, session.expires_at AS "expiresAt"
      FROM session JOIN user_account account ON account.id = session.user_id JOIN actor ON actor.id = account.id
      WHERE session.id = ${id} AND session.expires_at > ${now}`);
  }

  /** Starts a session, unless the password has been changed since it was looked at. @returns its id */
  async insert(tx: Queryable, userId: string, passwordHash: string, expiresAt: Date): Promise<string | undefined> {
    const row = await tx.first<{ id: string }>(sql`
      INSERT INTO session (user_id, expires_at)
      SELECT id, ${expiresAt}::timestamptz FROM user_account
      WHERE id = ${userId} AND password_hash = ${passwordHash} FOR SHARE
      RETURNING id`);
    return row?.id;
  }

  async insertToken(tx: Queryable, sessionId: string, hash: Buffer): Promise<void> {
    await tx.query(sql`INSERT INTO refresh_token (hash, session_id) VALUES (${hash}, ${sessionId})`);
  }

  /** Locks the session that a refresh token belongs to, where it is alive. */
  lockByToken(tx: Queryable, hash: Buffer, now: Date): Promise<{ id: string; userId: string } | undefined> {
    return tx.first(sql`
      SELECT id, user_id AS "userId" FROM session
      WHERE id = (SELECT session_id FROM refresh_token WHERE hash = ${hash}) AND expires_at > ${now} FOR UPDATE`);
  }

  /** Marks a refresh token as used. @returns false where it was used already */
  async useToken(tx: Queryable, hash: Buffer, now: Date): Promise<boolean> {
    const row = await tx.first(
      sql`UPDATE refresh_token SET used_at = ${now} WHERE hash = ${hash} AND used_at IS NULL RETURNING 1 AS used`,
    );
    return row !== undefined;
  }

  /** Whether a refresh token was used at `since` or later, and the one that came after it was not yet. */
  async wasJustUsed(tx: Queryable, hash: Buffer, successor: Buffer, since: Date): Promise<boolean> {
    const row = await tx.first(sql`
      SELECT 1 AS found FROM refresh_token used JOIN refresh_token next USING (session_id)
      WHERE used.hash = ${hash} AND used.used_at >= ${since} AND next.hash = ${successor} AND next.used_at IS NULL`);
    return row !== undefined;
  }

  async extend(tx: Queryable, id: string, expiresAt: Date): Promise<void> {
    await tx.query(sql`UPDATE session SET expires_at = ${expiresAt} WHERE id = ${id}`);
  }

  /** The sessions of a person that are alive. @param currentId the one of the request */
  list(query: ListAccountSessions, userId: string, currentId: string | undefined, now: Date): Promise<string> {
    return readPage(this.database, query, {
      from: sql`FROM session`,
      where: [sql`user_id = ${userId}`, sql`expires_at > ${now}`],
      keys: [{ column: sql`session.id`, type: 'uuid' }],
      descending: true,
      order: '-createdAt',
      columns: sql`session.*`,
      // A refresh, every quarter of an hour, moves the end of the session.
      resource: sql`
        SELECT page.id, page.created_at AS "createdAt",
               page.expires_at - make_interval(secs => ${SESSION_IDLE_SECONDS}) AS "lastUsedAt",
               page.id IS NOT DISTINCT FROM ${currentId ?? null}::uuid AS "isCurrent"`,
    });
  }

  /** @returns whether the person has this session */
  async deleteOf(db: Queryable, userId: string, id: string): Promise<boolean> {
    const row = await db.first(sql`DELETE FROM session WHERE id = ${id} AND user_id = ${userId} RETURNING 1 AS ended`);
    return row !== undefined;
  }

  async delete(db: Queryable, id: string): Promise<void> {
    await db.query(sql`DELETE FROM session WHERE id = ${id}`);
  }

  /** Ends a person's sessions, except for one. */
  async deleteAll(tx: Queryable, userId: string, except: string | undefined): Promise<void> {
    await tx.query(sql`DELETE FROM session WHERE user_id = ${userId} AND id IS DISTINCT FROM ${except ?? null}::uuid`);
  }

  /** Deletes the sessions that are over, and of the others the refresh tokens that were used before `usedBefore`. */
  async deleteExpired(now: Date, usedBefore: Date): Promise<void> {
    await this.database.query(sql`DELETE FROM session WHERE expires_at <= ${now}`);
    await this.database.query(sql`DELETE FROM refresh_token WHERE used_at < ${usedBefore}`);
  }
}
