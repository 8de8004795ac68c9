import { Anchor, Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Schema } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { closable, showError, showSuccess } from '../components/toast.ts';
import { bookedTexts as texts } from '../texts/stock.ts';
import { AFFECTED_BY_MOVEMENT, reverseMovement } from './movement.ts';

type Movement = Schema['Movement'];

/** Long enough to read it and to press Undo, in milliseconds. A movement can be reversed from the ledger at any time. */
const SHOWN_MS = 10_000;

/** As many items as one address of the labels page names. */
const MAX_LABELS = 200;

/** Says that a movement is booked, and takes it back where it was a mistake. */
export function showBooked(message: string, movement: Movement): void {
  if (movement.lines.every(({ delta }) => delta === 0)) return showSuccess(message);
  notifications.show({
    id: movement.id,
    message: <Booked message={message} movement={movement} />,
    color: 'teal',
    ...closable,
    autoClose: SHOWN_MS,
  });
}

function Booked({ message, movement }: { message: string; movement: Movement }) {
  const undo = useWrite({
    write: (_: undefined, header) => reverseMovement(movement.id, texts.note, header),
    invalidates: AFFECTED_BY_MOVEMENT,
    onSuccess: () => {
      notifications.hide(movement.id);
      showSuccess(texts.undone);
    },
    onError: showError,
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{message}</span>
      {movement.type === 'receipt' && (
        <Anchor href={labelsOf(movement)} size="sm">
          {texts.labels}
        </Anchor>
      )}
      <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate(undefined)}>
        {texts.undo}
      </Button>
    </Group>
  );
}

const labelsOf = ({ lines }: Movement): string =>
  `/labels?items=${[...new Set(lines.map(({ item }) => item.id))].slice(0, MAX_LABELS).join(',')}`;
