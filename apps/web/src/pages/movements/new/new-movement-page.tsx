import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Page } from '../../../components/page.tsx';
import { Forbidden, Loading } from '../../../components/state.tsx';
import { useDraft } from '../../../drafts/use-draft.ts';
import { may, useUser } from '../../../session/session.ts';
import { MovementEditor } from '../../../stock/editor/movement-editor.tsx';
import { useRememberedLocation } from '../../../stock/editor/remembered-location.ts';
import { isStoredDraft } from '../../../stock/editor/stored-draft.ts';
import { locationsQuery } from '../../../stock/locations.ts';
import { MOVEMENT_TYPES } from '../../../stock/movement.ts';
import { newMovementTexts as texts } from '../../../texts/movements.ts';
import { shell } from '../../../texts/shell.ts';
import classes from './new-movement.module.css';

const route = getRouteApi('/authenticated/movements/new');

export function NewMovementPage() {
  const { role } = useUser();
  return (
    <Page title={texts.title}>
      {may(role, 'operator') ? <NewMovement /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function NewMovement() {
  const draft = useDraft('movement', isStoredDraft);
  const { type = draft.restored?.values.type ?? 'receipt', location } = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { data: locations, error } = useQuery(locationsQuery);
  const remembered = useRememberedLocation().location;
  const wanted = [location, remembered, locations?.length === 1 ? locations[0]!.id : undefined];
  const begin = wanted.find((id) => locations?.some((known) => known.id === id)) ?? '';
  return (
    <div className={classes.page}>
      <SegmentedControl
        aria-label={texts.type}
        className={classes.types}
        value={type}
        onChange={(value) => void navigate({ search: (before) => ({ ...before, type: value }), replace: true })}
        data={MOVEMENT_TYPES.map((value) => ({ value, label: texts.types[value] }))}
      />
      <p className={classes.explained}>{texts.explained[type]}</p>
      {locations || error ? (
        <MovementEditor
          type={type}
          begin={{ location: begin }}
          draft={draft}
          onBooked={({ id }) => void router.navigate({ to: '/movements/$movementId', params: { movementId: id } })}
        />
      ) : (
        <Loading />
      )}
    </div>
  );
}
