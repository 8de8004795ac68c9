import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { ApiProblem, isProblem } from '../../api/problem.ts';
import { lineErrors } from '../../stock/problem-lines.ts';
import { useWrite } from '../../api/use-write.ts';
import { queryClient } from '../../api/query-client.ts';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { reservationsTexts as texts } from '../../texts/reservations.ts';
import { shell } from '../../texts/shell.ts';
import {
  endReservation,
  type EndAction,
  type Reservation,
  type ReservationState,
  AFFECTED_BY_RESERVATION,
} from './reservation.ts';

interface EndDialogProps {
  reservation: Reservation;
  ending: EndAction;
  close: () => void;
}

export function EndDialog({ reservation, ending, close }: EndDialogProps) {
  const write = useWrite({
    write: (_: void, header) => endReservation(reservation.id, ending, header),
    invalidates: AFFECTED_BY_RESERVATION,
    onSuccess: () => {
      close();
      showSuccess(ending === 'commit' ? texts.committed : texts.released);
    },
    // It may have expired, or another person ended it: the list then shows how.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['reservations'] }),
  });
  const words = texts.confirm[ending];
  const hasEnded = isProblem(write.error, 'conflict');
  return (
    <Dialog close={close} title={words.title}>
      <Stack gap="sm">
        <Text>{reservation.reference ?? texts.noReference}</Text>
        <Text c="dimmed">{words.text}</Text>
        <EndErrors error={write.error} reservation={reservation} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus={ending === 'release' || undefined}>
            {hasEnded ? shell.close : shell.cancel}
          </Button>
          {!hasEnded && (
            <Button
              data-autofocus={ending === 'commit' || undefined}
              loading={write.isPending}
              onClick={() => write.mutate()}
            >
              {words.submit}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function EndErrors({ error, reservation }: { error: Error | null; reservation: Reservation }) {
  const state = error instanceof ApiProblem ? (error.body.state as ReservationState | undefined) : undefined;
  const errors = lineErrors(error);
  if (!state && errors.size === 0) return <WriteError error={error} />;
  return (
    <Alert color="red" variant="light" role="alert">
      {state && texts.late(texts.states[state].toLowerCase())}
      {[...errors].map(([line, { quantity }]) => (
        <div key={line}>
          {reservation.lines[line]?.item.name}: {quantity}
        </div>
      ))}
    </Alert>
  );
}
