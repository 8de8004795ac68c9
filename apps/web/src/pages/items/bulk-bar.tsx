import { Button, CloseButton, Group, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { archiveItem, type Item, updateItem } from '../../catalog/items.ts';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { reasonOf, reorderPoint, valueOf } from '../../components/number-field/parse-number.ts';
import { showSuccess } from '../../components/toast.ts';
import { errorMessage } from '../../components/write-error.tsx';
import { shell } from '../../texts/shell.ts';
import { itemFormTexts, itemsTexts } from '../../texts/items.ts';
import classes from './bulk-bar.module.css';
import { updateInLists, removeFromLists } from './item-list.ts';

const texts = itemsTexts.bulk;

type Action = 'category' | 'reorderPoint' | 'archive' | 'restore';

/** What can be done to all items that are selected. */
interface BulkBarProps {
  selected: Item[];
  archived: boolean;
  /** Leaves only these selected. */
  keep: (items: Item[]) => void;
}

export function BulkBar({ selected, archived, keep }: BulkBarProps) {
  const [action, setAction] = useState<Action>();
  const actions: Action[] = archived ? ['restore'] : ['category', 'reorderPoint', 'archive'];
  return (
    <div className={classes.bar} role="region" aria-label={itemsTexts.selected(selected.length)}>
      <span className={classes.count} aria-live="polite">
        {itemsTexts.selected(selected.length)}
      </span>
      {actions.map((name) => (
        <Button key={name} variant="default" size="xs" onClick={() => setAction(name)}>
          {texts[name]}
        </Button>
      ))}
      <Button
        renderRoot={(props: object) => (
          <Link {...props} to="/labels" search={{ items: selected.map(({ id }) => id).join(',') }} />
        )}
        variant="default"
        size="xs"
      >
        {texts.labels}
      </Button>
      <CloseButton aria-label={itemsTexts.clearSelection} onClick={() => keep([])} />
      {action && <BulkDialog action={action} items={selected} close={() => setAction(undefined)} keep={keep} />}
    </div>
  );
}

interface BulkDialogProps {
  action: Action;
  items: Item[];
  close: () => void;
  keep: (items: Item[]) => void;
}

interface Failure {
  item: Item;
  reason: string;
}

function BulkDialog({ action, items, close, keep }: BulkDialogProps) {
  const [value, setValue] = useState('');
  const run = useMutation({
    mutationFn: () => applyBulkAction(items, action, value),
    onSuccess: ({ changed, failures }) => {
      if (changed.length > 0) showSuccess(texts.done(changed.length));
      if (action === 'archive' || action === 'restore') removeFromLists(new Set(changed.map(({ id }) => id)));
      else updateInLists(changed);
      keep(failures.map(({ item }) => item));
      if (failures.length === 0) close();
    },
  });
  const title = action === 'archive' ? texts.archiveTitle(items.length) : texts[action];
  return (
    <Dialog close={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (action !== 'reorderPoint' || !reasonOf(value, reorderPoint, false)) run.mutate();
        }}
      >
        {action === 'category' && (
          <TextInput
            data-autofocus
            label={itemFormTexts.fields.category}
            value={value}
            onChange={({ currentTarget }) => setValue(currentTarget.value)}
          />
        )}
        {action === 'reorderPoint' && (
          <NumberField
            data-autofocus
            rule={reorderPoint}
            label={itemFormTexts.fields.reorderPoint}
            value={value}
            onChange={setValue}
          />
        )}
        {action === 'archive' && <Text>{texts.archiveText}</Text>}
        {run.data && run.data.failures.length > 0 && (
          <div role="alert" className={classes.failures}>
            <strong>{texts.failed(run.data.failures.length)}</strong>
            <ul>
              {run.data.failures.map(({ item, reason }) => (
                <li key={item.id}>
                  {item.sku}: {reason}
                </li>
              ))}
            </ul>
          </div>
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {shell.cancel}
          </Button>
          <Button type="submit" loading={run.isPending} color={action === 'archive' ? 'red.9' : undefined}>
            {action === 'archive' ? texts.archive : texts.apply}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface BulkResult {
  changed: Item[];
  failures: Failure[];
}

/** One after the other: what fails is told, and holds nothing else up. */
async function applyBulkAction(items: Item[], action: Action, value: string): Promise<BulkResult> {
  const outcome: BulkResult = { changed: [], failures: [] };
  for (const item of items)
    await applyAction(item, action, value).then(
      (changed) => outcome.changed.push(changed),
      (error: Error) => outcome.failures.push({ item, reason: errorMessage(error) }),
    );
  return outcome;
}

function applyAction(item: Item, action: Action, value: string): Promise<Item> {
  switch (action) {
    case 'category':
      return updateItem(item, { category: value.trim() || null });
    case 'reorderPoint':
      return updateItem(item, { reorderPoint: valueOf(value, reorderPoint) ?? null });
    case 'restore':
      return updateItem(item, { archived: false });
    case 'archive':
      return archiveItem(item).then(() => item);
  }
}
