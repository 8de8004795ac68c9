import { Button, CloseButton, Group, Modal, NumberInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api, ifMatch } from '../../api/client.ts';
import { type Item, updateItem } from '../../catalog/items.ts';
import { done } from '../../parts/toast.ts';
import { shell } from '../../texts/shell.ts';
import { itemFormTexts, itemsTexts } from '../../texts/items.ts';
import classes from './bulk-bar.module.css';
import { startOver } from './item-list.ts';

const texts = itemsTexts.bulk;

type Action = 'category' | 'reorderPoint' | 'archive' | 'restore';

/** What can be done to all items that are selected. */
export function BulkBar({ selected, archived, clear }: { selected: Item[]; archived: boolean; clear: () => void }) {
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
      <CloseButton aria-label={itemsTexts.clearSelection} onClick={clear} />
      {action && <BulkDialog action={action} items={selected} close={() => setAction(undefined)} clear={clear} />}
    </div>
  );
}

interface BulkDialogProps {
  action: Action;
  items: Item[];
  close: () => void;
  clear: () => void;
}

interface Failure {
  item: Item;
  reason: string;
}

function BulkDialog({ action, items, close, clear }: BulkDialogProps) {
  const [value, setValue] = useState<string | number>('');
  const run = useMutation({
    mutationFn: () => applyToAll(items, action, value),
    onSuccess: (failures) => {
      const changed = items.length - failures.length;
      if (changed > 0) done(texts.done(changed));
      void startOver();
      if (failures.length > 0) return;
      clear();
      close();
    },
  });
  const title = action === 'archive' ? texts.archiveTitle(items.length) : texts[action];
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': shell.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate();
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
          <NumberInput
            data-autofocus
            label={itemFormTexts.fields.reorderPoint}
            value={value}
            onChange={setValue}
            min={0}
            allowDecimal={false}
          />
        )}
        {action === 'archive' && <Text>{texts.archiveText}</Text>}
        {run.data && run.data.length > 0 && (
          <div role="alert" className={classes.failures}>
            <strong>{texts.failed(run.data.length)}</strong>
            <ul>
              {run.data.map(({ item, reason }) => (
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
    </Modal>
  );
}

/** One after the other: what fails is told, and holds nothing else up. */
async function applyToAll(items: Item[], action: Action, value: string | number): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const item of items)
    await applyTo(item, action, value).catch((error: Error) => failures.push({ item, reason: error.message }));
  return failures;
}

function applyTo(item: Item, action: Action, value: string | number): Promise<unknown> {
  switch (action) {
    case 'category':
      return updateItem(item, { category: String(value).trim() || null });
    case 'reorderPoint':
      return updateItem(item, { reorderPoint: value === '' ? null : Number(value) });
    case 'restore':
      return updateItem(item, { archived: false });
    case 'archive':
      return answerOf(api.DELETE('/api/v1/items/{id}', { params: { path: { id: item.id }, header: ifMatch(item) } }));
  }
}
