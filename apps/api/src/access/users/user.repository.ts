import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { ListUsers, Role } from '#contracts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Resource } from '../../http/json-response.ts';
import { etagOf } from '../../http/etag.ts';
import { filters, type Key, readPage, parseSort } from '../../lists/keyset.ts';

const FROM = sql`FROM user_account account JOIN actor ON actor.id = account.id`;
const COLUMNS = sql`account.*, actor.name`;
const keys: Record<'email' | 'createdAt', Key[]> = {
  email: [{ column: sql`account.email_key`, type: 'text' }],
  createdAt: [{ column: sql`account.id`, type: 'uuid' }],
};

/** One row of `page` as the contract's `User`. */
const RESOURCE = sql`
  SELECT page.id, page.email, page.name, page.role,
         EXISTS (SELECT FROM second_factor WHERE user_id = page.id AND confirmed_at IS NOT NULL) AS "twoFactor", page.version, page.created_at AS "createdAt", page.updated_at AS "updatedAt"`;

/** What is stored of a person. */
export interface Account {
  email: string;
  name: string;
  role: Role;
  passwordHash: string;
}

/** A person, locked against other changes. */
export interface LockedUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  version: number;
}

@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  /** @throws unique violation `user_email_taken` */
  async insert(tx: Queryable, { email, name, role, passwordHash }: Account): Promise<string> {
    const row = await tx.one<{ id: string }>(sql`
      WITH actor AS (INSERT INTO actor (kind, name) VALUES ('user', ${name}) RETURNING id)
      INSERT INTO user_account (id, email, role, password_hash)
      SELECT id, ${email}, ${role}, ${passwordHash} FROM actor RETURNING id`);
    return row.id;
  }

  /** @throws unique violation `user_email_taken` */
  async update(tx: Queryable, id: string, { email, name, role, passwordHash }: Partial<Account>): Promise<void> {
    const sets = filters(
      email !== undefined && sql`email = ${email}`,
      role !== undefined && sql`role = ${role}`,
      passwordHash !== undefined && sql`password_hash = ${passwordHash}`,
    );
    if (name !== undefined) await tx.query(sql`UPDATE actor SET name = ${name} WHERE id = ${id}`);
    await tx.query(sql`
      UPDATE user_account SET ${join([...sets, sql`version = version + 1`, sql`updated_at = now()`])} WHERE id = ${id}`);
  }

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query(sql`DELETE FROM user_account WHERE id = ${id}`);
  }

  /** Locks a person together with all admins, so that who is the last admin cannot change meanwhile. */
  lockWithAdmins(tx: Queryable, id: string): Promise<LockedUser[]> {
    return tx.query(sql`
      SELECT account.id, account.email, actor.name, account.role, account.version ${FROM}
      WHERE account.id = ${id} OR account.role = 'admin' ORDER BY account.id FOR UPDATE OF account`);
  }

  /** What a sign-in is checked against. `emailKey` is the address as it is compared, also where no account has it. */
  credentials(
    email: string,
    db: Queryable = this.database,
  ): Promise<{ emailKey: string; id: string | null; passwordHash: string | null }> {
    return db.one<{ emailKey: string; id: string | null; passwordHash: string | null }>(sql`
      SELECT given.key AS "emailKey", id, password_hash AS "passwordHash"
      FROM (SELECT lower(${email} COLLATE pg_c_utf8) COLLATE "C" AS key) given LEFT JOIN user_account ON email_key = given.key`);
  }

  /** What a person's own password is checked against, and the address as the throttle counts it. */
  ownCredentials(id: string): Promise<{ account: string; passwordHash: string } | undefined> {
    return this.database.first(sql`
      SELECT email_key AS account, password_hash AS "passwordHash" FROM user_account WHERE id = ${id}`);
  }

  async find(id: string, db: Queryable = this.database): Promise<Resource | undefined> {
    const row = await db.first<{ json: string; version: number }>(sql`
      SELECT row_to_json(resource)::text AS json, resource.version
      FROM (SELECT ${COLUMNS} ${FROM} WHERE account.id = ${id}) page CROSS JOIN LATERAL (${RESOURCE}) resource`);
    return row && { json: row.json, etag: etagOf(row.version) };
  }

  list(query: ListUsers): Promise<string> {
    const order = query.sort ?? 'email';
    const { field, descending } = parseSort(order);
    const where = filters(
      query.email !== undefined && sql`account.email_key = lower(${query.email} COLLATE pg_c_utf8) COLLATE "C"`,
      query.role !== undefined && sql`account.role = ${query.role}`,
    );
    const list = { from: FROM, where, keys: keys[field], descending, order, columns: COLUMNS, resource: RESOURCE };
    return readPage(this.database, query, list);
  }
}
