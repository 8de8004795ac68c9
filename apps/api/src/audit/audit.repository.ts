import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { type AuditSubjectKind, auditSubjectKinds, type ListAuditEntries } from '#contracts';
import { Database } from '../database/database.ts';
import { filters, parseSort, readPage } from '../lists/keyset.ts';

const SUBJECT_NAME = sql`CASE page.subject_kind
  WHEN 'item' THEN (SELECT sku FROM item WHERE item.id = page.subject_id)
  WHEN 'location' THEN (SELECT code FROM location WHERE location.id = page.subject_id)
  WHEN 'import' THEN (SELECT coalesce(file_name, '') FROM import WHERE import.id = page.subject_id)
  WHEN 'webhook' THEN coalesce(
    (SELECT coalesce(nullif(description, ''), origin_of(url)) FROM webhook WHERE webhook.id = page.subject_id),
    (SELECT changes -> 'url' ->> 0 FROM audit_entry removed WHERE removed.subject_id = page.subject_id AND removed.action = 'removed'))
  ELSE (SELECT name FROM actor WHERE actor.id = page.subject_id)
END`;

/** One row of `page` as the contract's `AuditEntry`. @param origin the session and the address that the change came from */
const resourceWith = (origin: Sql): Sql => sql`
  SELECT page.id, uuid_extract_timestamp(page.id) AS "createdAt",
         (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id) AS "createdBy",
         ${origin}, page.import_id AS "importId", page.action,
         json_build_object('kind', page.subject_kind, 'id', page.subject_id, 'name', ${SUBJECT_NAME}) AS subject,
         (SELECT coalesce(json_agg(json_build_object('field', key, 'from', value -> 0, 'to', value -> 1)), '[]')
          FROM jsonb_each(page.changes)) AS changes`;

const WITH_ORIGIN = resourceWith(sql`page.session_id AS "sessionId", page.address`);
const WITHOUT_ORIGIN = resourceWith(sql`NULL AS "sessionId", NULL AS address`);

@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /**
   * @param readable the kinds of subjects that the caller may read of
   * @param options `withOrigin`: with the session and the address that each change came from
   */
  list(
    query: ListAuditEntries,
    readable: AuditSubjectKind[],
    { withOrigin }: { withOrigin: boolean },
  ): Promise<string> {
    const order = query.sort ?? '-createdAt';
    const { subjectKind, subjectId, actorId, field, from, to } = query;
    return readPage(this.database, query, {
      from: sql`FROM audit_entry entry`,
      where: filters(
        subjectKind === undefined && readable.length < auditSubjectKinds.length && sql`entry.subject_kind = ANY(${readable}::text[])`,
        subjectKind !== undefined && sql`entry.subject_kind = ${subjectKind}`,
        subjectId !== undefined && sql`entry.subject_id = ${subjectId}`,
        actorId !== undefined && sql`entry.actor_id = ${actorId}`,
        field !== undefined && sql`entry.fields @> ARRAY[${field}]`,
        from !== undefined && sql`entry.id >= first_uuid_at(${from}::timestamptz)`,
        to !== undefined && sql`entry.id < first_uuid_at(${to}::timestamptz)`,
      ), // prettier-ignore
      columns: sql`entry.*`,
      keys: [{ column: sql`entry.id`, type: 'uuid' }],
      descending: parseSort(order).descending,
      order,
      resource: withOrigin ? WITH_ORIGIN : WITHOUT_ORIGIN,
    });
  }
}
