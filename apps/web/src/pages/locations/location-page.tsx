import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowRightLeft, PackageOpen, ScanLine } from 'lucide-react';
import { responseData, api, type Schema } from '../../api/client.ts';
import { usePagedList } from '../../api/paged-list.ts';
import { BreadcrumbHeading } from '../../components/breadcrumb-heading.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useMay } from '../../session/session.ts';
import { number } from '../../texts/format.ts';
import { glossary } from '../../texts/glossary.ts';
import { locationsTexts } from '../../texts/locations.ts';
import { type Location, locationQuery } from './location.ts';
import { LocationActions } from './location-actions.tsx';
import classes from './locations.module.css';

type StockLevel = Schema['StockLevel'];

const texts = locationsTexts.levels;
const route = getRouteApi('/authenticated/locations/$locationId');
const PAGE = 200;

export function LocationPage() {
  const { locationId } = route.useParams();
  const { data, error, refetch } = useQuery(locationQuery(locationId));
  if (!data)
    return (
      <Page title={locationsTexts.one}>
        {error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  return (
    <Page
      title={`${data.code} · ${data.name}`}
      heading={<Heading location={data} />}
      actions={<Actions location={data} />}
      fills
    >
      <LocationLevels key={locationId} location={data} />
    </Page>
  );
}

const Heading = ({ location: { code, name, archivedAt } }: { location: Location }) => (
  <BreadcrumbHeading
    parent={{ to: '/locations', title: locationsTexts.title }}
    title={
      <>
        {code} <span className={classes.name}>{name}</span>
      </>
    }
  >
    {archivedAt && <span className={classes.archived}>{locationsTexts.isArchived}</span>}
  </BreadcrumbHeading>
);

function Actions({ location }: { location: Location }) {
  const mayEdit = useMay('operator');
  return (
    <>
      <Button
        variant="default"
        leftSection={<ArrowRightLeft size={14} aria-hidden />}
        renderRoot={(props) => <Link to="/movements" search={{ locationId: location.id }} {...props} />}
      >
        {texts.ledger}
      </Button>
      {mayEdit &&
        !location.archivedAt &&
        (['receipt', 'issue'] as const).map((type) => (
          <Button
            key={type}
            variant="default"
            renderRoot={(props) => <Link to="/movements/new" search={{ type, location: location.id }} {...props} />}
          >
            {glossary.actions[type]}
          </Button>
        ))}
      {mayEdit && !location.archivedAt && (
        <Button
          variant="default"
          leftSection={<ScanLine size={14} aria-hidden />}
          renderRoot={(props) => <Link to="/scan" search={{ at: location.id }} {...props} />}
        >
          {texts.count}
        </Button>
      )}
      {mayEdit && <LocationActions location={location} />}
    </>
  );
}

function LocationLevels({ location: { id, code } }: { location: Location }) {
  const { rows, more, error, retry } = usePagedList({
    queryKey: ['stock', 'list', id],
    changedBy: ['item', 'movement', 'reservation'],
    fetchPage: (cursor, signal) =>
      responseData(
        api.GET('/api/v1/stock', {
          params: { query: { locationId: id, limit: PAGE, ...(cursor && { cursor }) } },
          signal,
        }),
      ),
  });
  if (!rows) return error ? <LoadError error={error} retry={retry} /> : <Loading />;
  if (rows.length === 0) return <Empty icon={PackageOpen} {...texts.empty} />;
  return (
    <VirtualTable
      label={texts.table(code)}
      columns={COLUMNS}
      rows={rows}
      keyOf={({ item }) => item.id}
      loadMore={more}
      className={classes.levels}
    />
  );
}

const COLUMNS: Column<StockLevel>[] = [
  { key: 'sku', title: texts.sku, cell: ({ item }) => item.sku, className: classes.sku },
  {
    key: 'name',
    title: texts.name,
    cell: ({ item }) => (
      <Link to="/items/$itemId" params={{ itemId: item.id }} className={classes.item}>
        {item.name}
      </Link>
    ),
  },
  { key: 'onHand', title: texts.onHand, cell: ({ onHand }) => number(onHand), isNumber: true },
  {
    key: 'reserved',
    title: texts.reserved,
    cell: ({ reserved }) => (reserved === 0 ? texts.none : number(reserved)),
    isNumber: true,
    className: classes.reserved,
  },
  { key: 'available', title: texts.available, cell: ({ available }) => number(available), isNumber: true },
];
