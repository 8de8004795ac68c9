import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { ownsSchema } from '../database/roles/schema-owner.ts';

/** Logs a warning where the service's own role could change the ledger's history. A database that is unreachable is not waited for. */
export async function warnOfOwnerRole(database: Database, logger: Logger): Promise<void> {
  const owns = await ownsSchema(database).catch(() => false);
  if (!owns) return;
  logger.warn(
    'the role of DATABASE_URL can change the schema and the ledger: name a role of its own there, and give the migrate command the owner as MIGRATION_DATABASE_URL',
  );
}
