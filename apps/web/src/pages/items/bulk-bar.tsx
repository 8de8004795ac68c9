import { Button, CloseButton, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { type BulkChanges, CHANGES_AT_ONCE, changeItems } from '../../catalog/bulk-changes.ts';
import type { Item } from '../../catalog/items.ts';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { reasonOf, reorderPoint, valueOf } from '../../components/number-field/parse-number.ts';
import { showError, showSuccess } from '../../components/toast.ts';
import { shell } from '../../texts/shell.ts';
import { itemFormTexts, itemsTexts } from '../../texts/items.ts';
import classes from './bulk-bar.module.css';
import { itemCountQuery, loadAllItems, removeFromLists, updateInLists } from './item-list.ts';
import type { ItemsSearch } from './search.ts';

const texts = itemsTexts.bulk;

type Action = 'category' | 'reorderPoint' | 'archive' | 'restore';

/** What can be done to all items that are selected. */
interface BulkBarProps {
  selected: Item[];
  search: ItemsSearch;
  /** Whether all that are loaded are selected, and more match. */
  hasMore: boolean;
  /** Leaves only these selected. */
  keep: (items: Item[]) => void;
}

export function BulkBar({ selected, search, hasMore, keep }: BulkBarProps) {
  const [action, setAction] = useState<Action>();
  const actions: Action[] = search.archived ? ['restore'] : ['category', 'reorderPoint', 'archive'];
  return (
    <div className={classes.bar} role="region" aria-label={itemsTexts.selected(selected.length)}>
      <span className={classes.count} aria-live="polite">
        {itemsTexts.selected(selected.length)}
      </span>
      {hasMore && <SelectAll key={JSON.stringify(search)} search={search} select={keep} />}
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

/** Selects what is not loaded yet, too. */
function SelectAll({ search, select }: { search: ItemsSearch; select: (items: Item[]) => void }) {
  const { data: total } = useQuery(itemCountQuery(search));
  const [loaded, setLoaded] = useState(0);
  const load = useMutation({
    mutationFn: () => loadAllItems(search, setLoaded),
    onSuccess: select,
    onError: showError,
  });
  return (
    <Button size="xs" variant="subtle" disabled={load.isPending} onClick={() => load.mutate()}>
      {load.isPending ? texts.selecting(loaded) : texts.selectAll(total?.count, total?.isCapped)}
    </Button>
  );
}

interface BulkDialogProps {
  action: Action;
  items: Item[];
  close: () => void;
  keep: (items: Item[]) => void;
}

function BulkDialog({ action, items, close, keep }: BulkDialogProps) {
  const [value, setValue] = useState('');
  const [done, setDone] = useState(0);
  const run = useMutation({
    mutationFn: () => changeItems(items, changesFor(action, value), setDone),
    onError: showError,
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
          {run.isPending && items.length > CHANGES_AT_ONCE && (
            <span role="status">{texts.progress(done, items.length)}</span>
          )}
          <Button type="submit" loading={run.isPending} color={action === 'archive' ? 'red.9' : undefined}>
            {action === 'archive' ? texts.archive : texts.apply}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function changesFor(action: Action, value: string): BulkChanges {
  switch (action) {
    case 'category':
      return { category: value.trim() || null };
    case 'reorderPoint':
      return { reorderPoint: valueOf(value, reorderPoint) ?? null };
    case 'restore':
      return { archived: false };
    case 'archive':
      return { archived: true };
  }
}
