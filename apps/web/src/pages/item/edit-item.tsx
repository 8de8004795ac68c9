import { useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { isProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import { useWrite } from '../../api/use-write.ts';
import { areEqual } from '../../catalog/attributes.ts';
import { type Conflict, loadConflict } from '../../catalog/conflict.ts';
import { ItemConflict } from '../../catalog/item-conflict.tsx';
import { ItemForm, type ItemValues } from '../../catalog/item-form.tsx';
import { type Item, type ItemChanges, itemQuery, updateItem } from '../../catalog/items.ts';
import { showSuccess, showError } from '../../components/toast.ts';
import { itemFormTexts as texts } from '../../texts/items.ts';

export function EditItem({ item, close }: { item: Item; close: () => void }) {
  // As it was when the form opened: what others change meanwhile must not slip in beneath it.
  const [base] = useState(item);
  const [conflict, setConflict] = useState<Conflict>();
  const onDone = (saved: Item) => {
    queryClient.setQueryData(itemQuery(saved.id).queryKey, saved);
    close();
    showSuccess(texts.saved(saved.name));
  };
  const save = useWrite({
    write: (changes: ItemChanges) => updateItem(base, changes),
    invalidates: [['items']],
    onSuccess: onDone,
    onError: (problem, changes) => {
      if (isProblem(problem, 'precondition-failed')) loadConflict(base, changes).then(setConflict, showError);
    },
  });
  if (conflict) return <ItemConflict conflict={conflict} onDone={onDone} onAgain={setConflict} />;
  return (
    <Dialog close={close} title={texts.editTitle} size="lg">
      <ItemForm
        item={base}
        submit={texts.save}
        onSubmit={(values) => save.mutate(changesOf(base, values))}
        isPending={save.isPending}
        error={save.error}
        cancel={close}
      />
    </Dialog>
  );
}

/** Only what was changed is sent: what others changed elsewhere in the item stays theirs. */
const changesOf = (base: Item, values: ItemValues): ItemChanges =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]: [string, ItemValues[keyof ItemValues]]) => {
      const was = base[name as keyof Item];
      const isSame = typeof value === 'object' && value !== null ? areEqual(was as typeof value, value) : was === value;
      return !isSame;
    }),
  );
