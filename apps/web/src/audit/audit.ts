import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, responseData, type Schema } from '../api/client.ts';
import { live } from '../api/live/live-updates.ts';

export type AuditEntry = Schema['AuditEntry'];
export type AuditSubjectKind = AuditEntry['subject']['kind'];
export type AuditField = AuditEntry['changes'][number]['field'];

export interface AuditFilters {
  subjectKind?: AuditSubjectKind;
  subjectId?: string;
  actorId?: string;
  field?: AuditField;
  /** Moments. */
  from?: string;
  to?: string;
}

const { meta, refetchInterval } = live('item', 'location', 'import', 'user', 'api-key', 'webhook');

/** The newest first. */
export const auditQuery = (filters: AuditFilters, limit: number) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ signal, pageParam: cursor }) =>
      responseData(
        api.GET('/api/v1/audit', { params: { query: { ...filters, limit, ...(cursor && { cursor }) } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: (before) => before,
    meta: { ...meta, onlyFirstPage: true },
    refetchInterval,
  });
