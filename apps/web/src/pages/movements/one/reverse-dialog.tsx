import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../../components/dialog/dialog.tsx';
import { lineErrors } from '../../../stock/problem-lines.ts';
import { useWrite } from '../../../api/use-write.ts';
import { showSuccess } from '../../../components/toast.ts';
import { WriteError } from '../../../components/write-error.tsx';
import { movementsTexts } from '../../../texts/movements.ts';
import { shell } from '../../../texts/shell.ts';
import { AFFECTED_BY_MOVEMENT, reverseMovement } from '../../../stock/movement.ts';
import type { Movement } from '../movement.ts';

const texts = movementsTexts.reverse;

interface ReverseDialogProps {
  movement: Movement;
  /** Afterwards. Default: it leads to the reversal. */
  onDone?: () => void;
  close: () => void;
}

/** Asks why, and reverses. */
export function ReverseDialog({ movement, onDone, close }: ReverseDialogProps) {
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const router = useRouter();
  const write = useWrite({
    write: (why: string, header) => reverseMovement(movement.id, why, header),
    invalidates: AFFECTED_BY_MOVEMENT,
    onSuccess: ({ id }) => {
      close();
      showSuccess(texts.done);
      if (onDone) return onDone();
      void router.navigate({ to: '/movements/$movementId', params: { movementId: id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(note.trim() === '');
    if (note.trim() !== '') write.mutate(note.trim());
  };
  return (
    <Dialog close={close} title={texts.title}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <Text c="dimmed">{texts.text}</Text>
          <Textarea
            label={texts.note}
            placeholder={texts.noteHint}
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={({ currentTarget: { value } }) => setNote(value)}
            error={isMissing && note.trim() === '' ? texts.needed : undefined}
          />
          <ReverseErrors movement={movement} error={write.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button type="submit" color="red.8" loading={write.isPending}>
              {texts.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The lines that cannot be undone, by the item's name; whatever else failed, in its own words. */
function ReverseErrors({ movement, error }: { movement: Movement; error: Error | null }) {
  const errors = lineErrors(error);
  if (errors.size === 0) return <WriteError error={error} />;
  return (
    <Alert color="red" variant="light" title={texts.short} role="alert">
      {[...errors].map(([line, { quantity }]) => (
        <div key={line}>
          {movement.lines[line]?.item.name}: {quantity}
        </div>
      ))}
    </Alert>
  );
}
