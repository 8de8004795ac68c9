import type { AuditField, AuditFilters, AuditSubjectKind } from '../../audit/audit.ts';
import { isDay, isUuid, readFilters } from '../../components/filters/url-filters.ts';
import { auditTexts as texts } from '../../texts/audit.ts';

export const KINDS = Object.keys(texts.kinds) as AuditSubjectKind[];
export const FIELDS = Object.keys(texts.fields) as AuditField[];

/** The filters of the audit, as the URL holds them: `from` and `to` are days of the person's own calendar, `to` is the last one. */
export const parseAuditSearch = (search: Record<string, unknown>): AuditFilters =>
  readFilters(search, {
    subjectKind: (text) => KINDS.some((kind) => kind === text),
    field: (text) => FIELDS.some((field) => field === text),
    subjectId: isUuid,
    actorId: isUuid,
    from: isDay,
    to: isDay,
  }) as AuditFilters;
