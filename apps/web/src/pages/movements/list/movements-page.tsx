import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ListPlus } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { responseData, api, type Schema } from '../../../api/client.ts';
import { usePagedList } from '../../../api/paged-list.ts';
import { live } from '../../../api/live/live-updates.ts';
import { VirtualTable } from '../../../components/virtual-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../../components/state.tsx';
import { useMay } from '../../../session/session.ts';
import { movementsTexts as texts } from '../../../texts/movements.ts';
import type { Movement } from '../movement.ts';
import { ledgerColumns } from './columns.tsx';
import { Filters } from './filters.tsx';
import classes from './movements.module.css';
import { NewMovementButton } from './new-movement-button.tsx';
import { toApiQuery } from '../../../components/filters/url-filters.ts';
import type { MovementsSearch } from './search.ts';

const route = getRouteApi('/authenticated/movements');
const PAGE = 100;

export function MovementsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayPost = useMay('operator');
  const { rows, isLive, more, error, retry, restart } = usePagedList({
    queryKey: ['movements', 'ledger', search],
    changedBy: ['movement'],
    fetchPage: (cursor, signal) => fetchPage(search, PAGE, cursor, signal),
  });
  const columns = useMemo(
    () => ledgerColumns((actorId) => void navigate({ search: (before) => ({ ...before, actorId }) })),
    [navigate],
  );
  return (
    <Page title={texts.title} fills actions={mayPost && <NewMovementButton />}>
      <Filters search={search} actors={useKnownActors(rows)} />
      {!isLive && <NewerMovements search={search} newest={rows?.[0]?.id} show={restart} />}
      {!rows ? (
        error ? (
          <LoadError error={error} retry={retry} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <NoMovements isFiltered={Object.keys(search).length > 0} />
      ) : (
        <VirtualTable
          key={JSON.stringify(search)}
          label={texts.table}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          loadMore={more}
          className={classes.table}
        />
      )}
    </Page>
  );
}

const fetchPage = (search: MovementsSearch, limit: number, cursor?: string, signal?: AbortSignal) =>
  responseData(
    api.GET('/api/v1/movements', {
      params: { query: { ...toApiQuery(search), limit, ...(cursor && { cursor }) } },
      ...(signal && { signal }),
    }),
  );

/** All actors that were ever loaded: a filter keeps its choices when it has narrowed the list. */
function useKnownActors(rows: Movement[] | undefined): Schema['Actor'][] {
  const seen = useRef(new Map<string, Schema['Actor']>());
  for (const { createdBy } of rows ?? []) seen.current.set(createdBy.id, createdBy);
  return [...seen.current.values()];
}

/** After scrolling, new rows are announced and the view does not move. */
function NewerMovements({
  search,
  newest,
  show,
}: {
  search: MovementsSearch;
  newest: string | undefined;
  show: () => void;
}) {
  const { data } = useQuery({
    queryKey: ['movements', 'newest', search],
    queryFn: ({ signal }) => fetchPage(search, 1, undefined, signal),
    ...live('movement'),
  });
  const isNewer = data?.items[0] !== undefined && data.items[0].id !== newest;
  return (
    <div role="status">
      {isNewer && (
        <div className={classes.newer}>
          <Button variant="subtle" size="compact-sm" onClick={show}>
            {texts.newer}
          </Button>
        </div>
      )}
    </div>
  );
}

const NoMovements = ({ isFiltered }: { isFiltered: boolean }) =>
  isFiltered ? (
    <Empty title={texts.noMatch.title} text={texts.noMatch.text}>
      <Button component={Link} to="/movements" variant="default">
        {texts.filters.clear}
      </Button>
    </Empty>
  ) : (
    <Empty icon={ListPlus} title={texts.empty.title} text={texts.empty.text} />
  );
