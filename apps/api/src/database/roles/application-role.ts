import type pg from 'pg';
import { IDLE_IN_TRANSACTION_MS } from '../session.ts';
import { firstOf } from '../first-of.ts';
import { scramVerifier } from './scram-verifier.ts';

/** The role that the API connects as, and what each of its sessions begins with. */
export interface ApplicationRole {
  name: string;
  /** Undefined: the server knows the role by another way than a password. */
  password: string | undefined;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** The name and the password that a URL holds. */
export function credentialsOf(url: string): { name: string; password: string | undefined } {
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) || undefined };
}

/**
 * Makes the role where there is none, gives it the rights of the application and no others, and sets its time limits:
 * here and not at each connection, because a pooler such as PgBouncer refuses them there. Run in a transaction.
 * @throws Error where the role could change the schema all the same, or cannot be made
 */
export async function provideApplicationRole(client: pg.ClientBase, application: ApplicationRole): Promise<void> {
  const { rows } = await client.query<{ owner: string }>('SELECT current_user AS owner');
  const { owner } = firstOf(rows);
  if (application.name !== owner && application.name !== '') {
    await createRole(client, application, owner);
    await grantRights(client, application.name);
  }
  await setDefaults(client, application, owner);
}

async function createRole(client: pg.ClientBase, { name, password }: ApplicationRole, owner: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const login = password === undefined ? 'LOGIN' : `LOGIN PASSWORD ${client.escapeLiteral(scramVerifier(password))}`;
  const existing = await client.query<{ powerful: boolean }>(
    `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR pg_has_role(oid, current_user, 'MEMBER') AS powerful
     FROM pg_roles WHERE rolname = $1`,
    [name],
  );
  if (existing.rows[0]?.powerful) {
    throw new Error(
      `The role ${name} of DATABASE_URL can change the schema or other roles. Name a role there that is neither a superuser nor a member of ${owner}.`,
    );
  }
  // An administrator may have made the role, and kept its password to themselves.
  if (existing.rows[0]) await permitted(client, `ALTER ROLE ${role} ${login}`);
  else if (!(await permitted(client, `CREATE ROLE ${role} ${login} NOINHERIT`))) {
    throw new Error(
      `The role ${owner} of MIGRATION_DATABASE_URL may not make the role ${name} of DATABASE_URL. Make it by hand, or give ${owner} CREATEROLE.`,
    );
  }
}

/** Tables with one of these triggers may be read and appended to. */
const APPEND_ONLY = `
  SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger
  WHERE tgfoid IN (SELECT oid FROM pg_proc WHERE proname IN ('refuse_change', 'refuse_event_change', 'refuse_audit_change') AND pronamespace = current_schema()::regnamespace)`;

async function grantRights(client: pg.ClientBase, name: string): Promise<void> {
  const role = client.escapeIdentifier(name);
  const { rows } = await client.query<{ schema: string; database: string }>(
    'SELECT current_schema() AS schema, current_database() AS database',
  );
  const { schema: schemaName, database } = firstOf(rows);
  const schema = client.escapeIdentifier(schemaName);
  const appendOnly = (await client.query<{ name: string }>(APPEND_ONLY)).rows.map((table) => table.name);
  await client.query(`
    REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC;
    REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role};
    GRANT CONNECT ON DATABASE ${client.escapeIdentifier(database)} TO ${role};
    GRANT USAGE ON SCHEMA ${schema} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
    REVOKE INSERT, UPDATE, DELETE ON migration FROM ${role};
    ${appendOnly.map((table) => `REVOKE UPDATE, DELETE ON ${table} FROM ${role};`).join('\n')}`);
}

async function setDefaults(client: pg.ClientBase, application: ApplicationRole, owner: string): Promise<void> {
  const role = client.escapeIdentifier(application.name || owner);
  const { rows } = await client.query<{ database: string }>('SELECT current_database() AS database');
  const database = client.escapeIdentifier(firstOf(rows).database);
  const settings = {
    timezone: 'UTC',
    statement_timeout: application.statementTimeoutMs,
    lock_timeout: application.lockTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
  const statements = Object.entries(settings).map(
    ([name, value]) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = '${value}'`,
  );
  if (await permitted(client, statements.join(';'))) return;
  throw new Error(
    `The role ${owner} of MIGRATION_DATABASE_URL may not set time limits for the role ${application.name} of DATABASE_URL. Give ${owner} CREATEROLE, and ${application.name} to ${owner} WITH ADMIN OPTION.`,
  );
}

/** Runs a statement. @returns false, with nothing changed, where the role has no right to */
async function permitted(client: pg.ClientBase, statement: string): Promise<boolean> {
  await client.query('SAVEPOINT permitted');
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT permitted');
    if ((error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) return false;
    throw error;
  }
}
