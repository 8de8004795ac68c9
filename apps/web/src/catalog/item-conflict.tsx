import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../components/dialog/dialog.tsx';
import { showError } from '../components/toast.ts';
import { ago, list, money, number } from '../texts/format.ts';
import { itemFormTexts as texts } from '../texts/items.ts';
import { useCurrency } from './currency.ts';
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
  const currency = useCurrency();
  const valueOf = (of: object, field: string) => textOf(of, field, currency);
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
    <Dialog close={() => onDone(theirs)} title={texts.conflict.title} size="lg">
      <Text mb="sm">{texts.conflict.text(theirs.updatedBy?.name, ago(theirs.updatedAt))}</Text>
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
    </Dialog>
  );
}

/** A field as people read it. */
function textOf(item: Partial<Item>, field: string, currency: string | undefined): string {
  const value = item[field as keyof Item];
  if (field === 'unitCost' && typeof value === 'number') return currency ? money(value, currency) : '';
  if (Array.isArray(value)) return list(value as string[]) || texts.none;
  if (typeof value === 'object' && value !== null)
    return list(Object.entries(value).map(([name, text]) => `${name}: ${text}`)) || texts.none;
  return value === null || value === '' ? texts.none : typeof value === 'number' ? number(value) : String(value);
}
