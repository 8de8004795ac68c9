import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { showSuccess } from '../../components/toast.ts';
import { reservationsTexts } from '../../texts/reservations.ts';
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
  return (
    <FormDialog
      title={texts.title}
      close={close}
      submit={texts.submit}
      onSubmit={write.mutate}
      isPending={write.isPending}
      error={write.error}
    >
      <Text>{reservation.reference ?? reservationsTexts.noReference}</Text>
      <Select
        label={texts.hold}
        allowDeselect={false}
        data={holdOptions}
        value={seconds}
        onChange={(value) => setSeconds(value!)}
        data-autofocus
      />
    </FormDialog>
  );
}
