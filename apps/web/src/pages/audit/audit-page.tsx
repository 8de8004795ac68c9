import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Schema } from '../../api/client.ts';
import { type AuditEntry, auditQuery } from '../../audit/audit.ts';
import { AuditTable } from '../../audit/audit-table.tsx';
import { toApiQuery } from '../../components/filters/url-filters.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, Forbidden } from '../../components/state.tsx';
import { useMay, useUser } from '../../session/session.ts';
import { auditTexts as texts } from '../../texts/audit.ts';
import { shell } from '../../texts/shell.ts';
import classes from './audit-page.module.css';
import { Filters } from './filters.tsx';

const route = getRouteApi('/authenticated/audit');
const PAGE = 50;

export function AuditPage() {
  const isAdmin = useMay('admin');
  const { role } = useUser();
  const download = (
    <Button component="a" href="/api/v1/exports/audit.csv?spreadsheet=true" variant="default">
      {texts.export}
    </Button>
  );
  return (
    <Page title={texts.title} actions={isAdmin && download}>
      {isAdmin ? <Audit /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function Audit() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(auditQuery(toApiQuery(search), PAGE));
  const filterBy = (actorId: string) => void navigate({ search: (before) => ({ ...before, actorId }) });
  return (
    <div className={classes.content}>
      <Filters search={search} actors={useKnownActors(query.data?.pages.flatMap(({ items }) => items))} />
      <LoadedList query={query} more={texts.more}>
        {(entries) =>
          entries.length > 0 ? (
            <AuditTable entries={entries} isGeneral filterBy={filterBy} />
          ) : (
            <Empty {...texts.empty} />
          )
        }
      </LoadedList>
    </div>
  );
}

/** All actors that were ever loaded: a filter keeps its choices when it has narrowed the list. */
function useKnownActors(entries: AuditEntry[] = []): Schema['Actor'][] {
  const seen = useRef(new Map<string, Schema['Actor']>());
  for (const { createdBy } of entries) seen.current.set(createdBy.id, createdBy);
  return [...seen.current.values()];
}
