import { Button, Switch } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { MapPin } from 'lucide-react';
import { useState } from 'react';
import { responseData, api } from '../../api/client.ts';
import { usePagedList } from '../../api/paged-list.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useMay } from '../../session/session.ts';
import { locationsTexts as texts } from '../../texts/locations.ts';
import type { Location } from './location.ts';
import { LocationActions } from './location-actions.tsx';
import { LocationDialog } from './location-dialog.tsx';
import classes from './locations.module.css';

const route = getRouteApi('/authenticated/locations');
const PAGE = 200;

export function LocationsPage() {
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const mayEdit = useMay('operator');
  return (
    <Page
      title={texts.title}
      actions={mayEdit && <AddButton label={texts.add} shortcut={texts.addShortcut} onClick={() => setAdding(true)} />}
    >
      <search className={classes.filters}>
        <Switch
          label={texts.archived}
          checked={archived}
          onChange={({ currentTarget: { checked } }) =>
            void navigate({ search: checked ? { archived: true } : {}, replace: true })
          }
        />
      </search>
      <LocationList key={String(archived)} archived={archived} />
      {isAdding && <LocationDialog close={() => setAdding(false)} />}
    </Page>
  );
}

function LocationList({ archived }: { archived: boolean }) {
  const mayEdit = useMay('operator');
  const { rows, more, error, retry } = usePagedList({
    queryKey: ['locations', 'list', archived],
    changedBy: ['location', 'movement', 'reservation'],
    fetchPage: (cursor, signal) =>
      responseData(
        api.GET('/api/v1/locations', {
          params: { query: { archived, limit: PAGE, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
  });
  if (!rows) return error ? <LoadError error={error} retry={retry} /> : <Loading />;
  if (rows.length === 0) return <Empty icon={MapPin} {...(archived ? texts.noneArchived : texts.empty)} />;
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{texts.columns.code}</th>
            <th scope="col">{texts.columns.name}</th>
            {mayEdit && (
              <th scope="col" className={classes.actionsHead}>
                {texts.columns.actions}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((location) => (
            <Row key={location.id} location={location} mayEdit={mayEdit} />
          ))}
        </tbody>
      </table>
      {more && (
        <Button variant="subtle" onClick={more} className={classes.more}>
          {texts.more}
        </Button>
      )}
    </>
  );
}

const Row = ({ location, mayEdit }: { location: Location; mayEdit: boolean }) => (
  <tr>
    <th scope="row" className={classes.code}>
      <Link to="/locations/$locationId" params={{ locationId: location.id }} className={classes.link}>
        {location.code}
      </Link>
    </th>
    <td>{location.name}</td>
    {mayEdit && (
      <td>
        <div className={classes.actions}>
          <LocationActions location={location} size="xs" />
        </div>
      </td>
    )}
  </tr>
);
