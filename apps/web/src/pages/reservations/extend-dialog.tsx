import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { useWrite } from '../../api/use-write.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { reservationsTexts } from '../../texts/reservations.ts';
import { shell } from '../../texts/shell.ts';
import { extendReservation, holdOptions, type Reservation } from './reservation.ts';

const texts = reservationsTexts.extendForm;

/** Asks for how long from now on it is held. */
export function ExtendDialog({ reservation, close }: { reservation: Reservation; close: () => void }) {
  const [seconds, setSeconds] = useState('900');
  const write = useWrite({
    write: (_: void, header) => extendReservation(reservation.id, Number(seconds), header),
    invalidates: [['reservations']],
    onSuccess: () => {
      close();
      showSuccess(texts.done);
    },
    // It may have ended meanwhile: the list then shows how.
    onError: () => void queryClient.invalidateQueries({ queryKey: ['reservations'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate();
  };
  return (
    <Dialog close={close} title={texts.title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text>{reservation.reference ?? reservationsTexts.noReference}</Text>
          <Select
            label={texts.hold}
            allowDeselect={false}
            data={holdOptions}
            value={seconds}
            onChange={(value) => setSeconds(value!)}
            data-autofocus
          />
          <WriteError error={write.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={write.isPending}>
              {texts.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
