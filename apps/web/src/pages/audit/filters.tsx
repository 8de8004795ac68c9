import { Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { Schema } from '../../api/client.ts';
import type { AuditField, AuditFilters, AuditSubjectKind } from '../../audit/audit.ts';
import { DayFilters } from '../../components/filters/day-filters.tsx';
import { PersonFilter } from '../../components/filters/person-filter.tsx';
import { withoutUndefined } from '../../components/filters/url-filters.ts';
import { auditTexts } from '../../texts/audit.ts';
import classes from './audit-page.module.css';
import { FIELDS, KINDS } from './search.ts';

const texts = auditTexts.filters;
const route = getRouteApi('/authenticated/audit');

/** What narrows the audit. All of it stands in the URL. @param actors those whose changes are loaded */
export function Filters({ search, actors }: { search: AuditFilters; actors: Schema['Actor'][] }) {
  const navigate = route.useNavigate();
  const change = (changes: { [K in keyof AuditFilters]: AuditFilters[K] | undefined }) =>
    void navigate({ search: (before) => withoutUndefined({ ...before, ...changes }), replace: true });
  return (
    <search aria-label={texts.label} className={classes.filters}>
      <Select
        label={texts.kind}
        placeholder={texts.anyKind}
        clearable
        data={KINDS.map((value) => ({ value, label: auditTexts.kinds[value] }))}
        value={search.subjectKind ?? null}
        onChange={(kind: AuditSubjectKind | null) => change({ subjectKind: kind ?? undefined, subjectId: undefined })}
      />
      <Select
        label={texts.field}
        placeholder={texts.anyField}
        clearable
        data={FIELDS.map((value) => ({ value, label: auditTexts.fields[value] }))}
        value={search.field ?? null}
        onChange={(field: AuditField | null) => change({ field: field ?? undefined })}
      />
      <PersonFilter actorId={search.actorId} actors={actors} onChange={(actorId) => change({ actorId })} />
      <DayFilters days={search} onChange={change} />
      {Object.keys(search).length > 0 && (
        <Button variant="subtle" color="gray" onClick={() => void navigate({ search: {}, replace: true })}>
          {texts.clear}
        </Button>
      )}
    </search>
  );
}
