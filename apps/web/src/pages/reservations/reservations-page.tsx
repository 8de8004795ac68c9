import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Timer } from 'lucide-react';
import { useCallback, useState } from 'react';
import { responseData, api } from '../../api/client.ts';
import { usePagedList } from '../../api/paged-list.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, LoadError, Loading } from '../../components/state.tsx';
import { useMay } from '../../session/session.ts';
import { reservationsTexts as texts } from '../../texts/reservations.ts';
import { EndDialog } from './end-dialog.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import type { Reservation, ReservationAction } from './reservation.ts';
import { ReservationCard } from './reservation-card.tsx';
import classes from './reservations.module.css';
import { ReserveDialog } from './reserve-dialog.tsx';
import { type ReservationsSearch, STATES } from './search.ts';

const route = getRouteApi('/authenticated/reservations');
const PAGE = 50;

export function ReservationsPage() {
  const search = route.useSearch();
  const [isReserving, setReserving] = useState(false);
  const mayReserve = useMay('operator');
  return (
    <Page
      title={texts.title}
      actions={
        mayReserve && <AddButton label={texts.add} shortcut={texts.addShortcut} onClick={() => setReserving(true)} />
      }
    >
      <Filters search={search} />
      <ReservationList key={JSON.stringify(search)} search={search} />
      {isReserving && <ReserveDialog close={() => setReserving(false)} />}
    </Page>
  );
}

function Filters({ search: { state = 'held', reference = '' } }: { search: ReservationsSearch }) {
  const navigate = route.useNavigate();
  const [text, setText] = useState(reference);
  const change = (changes: ReservationsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const search = useDebouncedCallback((words: string) => change({ reference: words }), 250);
  return (
    <search className={classes.filters}>
      <SegmentedControl
        aria-label={texts.filter}
        className={classes.states}
        value={state}
        onChange={(value) => change({ state: value })}
        data={[...STATES, 'all' as const].map((value) => ({ value, label: texts.list[value] }))}
      />
      <TextInput
        aria-label={texts.reference}
        placeholder={texts.referenceHint}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          search(value.trim());
        }}
      />
    </search>
  );
}

function ReservationList({ search }: { search: ReservationsSearch }) {
  const { state = 'held', reference } = search;
  const [chosen, setChosen] = useState<{ reservation: Reservation; action: ReservationAction }>();
  const query = { ...(state !== 'all' && { state }), ...(reference && { reference }), limit: PAGE };
  const { rows, more, error, retry } = usePagedList({
    queryKey: ['reservations', 'list', search],
    changedBy: ['reservation'],
    fetchPage: (cursor, signal) =>
      responseData(
        api.GET('/api/v1/reservations', { params: { query: { ...query, ...(cursor && { cursor }) } }, signal }),
      ),
  });
  const onAction = useCallback(
    (reservation: Reservation, action: ReservationAction) => setChosen({ reservation, action }),
    [],
  );
  const close = () => setChosen(undefined);
  if (!rows) return error ? <LoadError error={error} retry={retry} /> : <Loading />;
  if (rows.length === 0) return <NoReservations search={search} />;
  return (
    <>
      <ul className={classes.list}>
        {rows.map((reservation) => (
          <ReservationCard key={reservation.id} reservation={reservation} onAction={onAction} />
        ))}
      </ul>
      {more && (
        <Button variant="subtle" onClick={more} className={classes.more}>
          {texts.more}
        </Button>
      )}
      {chosen?.action === 'extend' ? (
        <ExtendDialog reservation={chosen.reservation} close={close} />
      ) : (
        chosen && <EndDialog reservation={chosen.reservation} ending={chosen.action} close={close} />
      )}
    </>
  );
}

function NoReservations({ search: { state = 'held', reference } }: { search: ReservationsSearch }) {
  const words = reference ? texts.empty.filtered : state === 'held' ? texts.empty.held : texts.empty.other;
  return (
    <Empty icon={Timer} {...words}>
      {reference && (
        <Button component={Link} to="/reservations" variant="default">
          {texts.clear}
        </Button>
      )}
    </Empty>
  );
}
