import { Injectable } from '@nestjs/common';
import { adminAuditSubjectKinds, type AuditSubjectKind, auditSubjectKinds, type ListAuditEntries } from '#contracts';
import { Problem } from '#service';
import type { Context } from '../http/context.ts';
import { AuditRepository } from './audit.repository.ts';

const ADMIN_KINDS = new Intl.ListFormat('en-GB').format(adminAuditSubjectKinds);
const isAdminOnly = (kind: AuditSubjectKind): boolean => adminAuditSubjectKinds.includes(kind);

@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  /** @throws Problem `forbidden` for changes of people, keys and webhooks, which only admins may read */
  list({ caller: { role } }: Context, query: ListAuditEntries): Promise<string> {
    if (role === 'admin') return this.entries.list(query, auditSubjectKinds, { withOrigin: true });
    if (query.subjectKind && isAdminOnly(query.subjectKind))
      throw new Problem('forbidden', `Changes of ${ADMIN_KINDS} need the role admin; you are ${role}.`);
    const readable = auditSubjectKinds.filter((kind) => !isAdminOnly(kind));
    return this.entries.list(query, readable, { withOrigin: false });
  }
}
