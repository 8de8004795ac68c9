import type { AuditField, AuditFilters, AuditSubjectKind } from '../../audit/audit.ts';
import { auditTexts as texts } from '../../texts/audit.ts';

export const KINDS = Object.keys(texts.kinds) as AuditSubjectKind[];
export const FIELDS = Object.keys(texts.fields) as AuditField[];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filters of the audit, as the URL holds them: `from` and `to` are days of the person's own calendar, `to` is the last one. */
export function parseAuditSearch(search: Record<string, unknown>): AuditFilters {
  const found: Record<string, string> = {};
  const keep = (name: keyof AuditFilters, isRight: (text: string) => boolean) => {
    const text = search[name];
    if (typeof text === 'string' && isRight(text)) found[name] = text;
  };
  keep('subjectKind', (text) => KINDS.some((kind) => kind === text));
  keep('field', (text) => FIELDS.some((field) => field === text));
  for (const name of ['subjectId', 'actorId'] as const) keep(name, (text) => UUID.test(text));
  for (const name of ['from', 'to'] as const) keep(name, (text) => DAY.test(text) && !isNaN(startOf(text).getTime()));
  return found;
}

/** As the API takes them: whole days become moments. */
export const toApiQuery = ({ from, to, ...rest }: AuditFilters): AuditFilters => ({
  ...rest,
  ...(from && { from: startOf(from).toISOString() }),
  ...(to && { to: startOf(to, 1).toISOString() }),
});

/** Its first moment, by the browser's clock. @param later so many days after it */
function startOf(day: string, later = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date;
}
