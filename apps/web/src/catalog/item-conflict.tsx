import { Button, Group, Modal, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { showError } from '../components/toast';
import { shell } from '../texts/shell.ts';
import { ago, number } from '../texts/format.ts';
import { itemFormTexts as texts } from '../texts/items.ts';
import { type Conflict, loadConflict } from './conflict.ts';
import { type Item, updateItem } from './items.ts';

interface ItemConflictProps {
  conflict: Conflict;
  /** With the item as it is in the end. */
  onDone: (item: Item) => void;
  onAgain: (conflict: Conflict) => void;
}

/** Who comes second sees what the first changed, and chooses. */
export function ItemConflict({ conflict: { base, theirs, changes }, onDone, onAgain }: ItemConflictProps) {
  const save = useMutation({
    mutationFn: () => updateItem(theirs, changes),
    onSuccess: onDone,
    onError: (error) => {
      if (!('status' in error) || error.status !== 412) return showError(error);
      void loadConflict(theirs, changes).then(onAgain, showError);
    },
  });
  const fields = Object.keys(texts.fields).filter(
    (field) => valueOf(base, field) !== valueOf(theirs, field) || field in changes,
  );
  return (
    <Modal
      opened
      onClose={() => onDone(theirs)}
      title={texts.conflict.title}
      closeButtonProps={{ 'aria-label': shell.close }}
      size="lg"
    >
      <Text mb="sm">{texts.conflict.text(ago(theirs.updatedAt))}</Text>
      <Table withTableBorder mb="md">
        <Table.Thead>
          <Table.Tr>
            {[texts.conflict.field, texts.conflict.before, texts.conflict.theirs, texts.conflict.mine].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field}>
              <Table.Th scope="row">{texts.fields[field]}</Table.Th>
              <Table.Td>{valueOf(base, field)}</Table.Td>
              <Table.Td fw={valueOf(base, field) === valueOf(theirs, field) ? undefined : 600}>
                {valueOf(theirs, field)}
              </Table.Td>
              <Table.Td>{field in changes ? valueOf(changes, field) : '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onDone(theirs)} data-autofocus>
          {texts.conflict.keepTheirs}
        </Button>
        <Button onClick={() => save.mutate()} loading={save.isPending}>
          {texts.conflict.saveMine}
        </Button>
      </Group>
    </Modal>
  );
}

function valueOf(item: object, field: string): string {
  const value = (item as Record<string, string | number | null>)[field];
  return value === null || value === '' ? texts.none : typeof value === 'number' ? number(value) : String(value);
}
