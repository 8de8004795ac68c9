import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldErrors } from '../../api/field-errors.ts';
import { isProblem } from '../../api/problem.ts';
import { useWrite } from '../../api/use-write.ts';
import { type Conflict, loadConflict } from '../../catalog/conflict.ts';
import { type Item, type ItemChanges, updateItem } from '../../catalog/items.ts';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { reasonOf, reorderPoint, valueOf } from '../../components/number-field/parse-number.ts';
import { showError } from '../../components/toast.ts';
import { errorMessage } from '../../components/write-error.tsx';
import { itemFormTexts as texts } from '../../texts/items.ts';
import { updateInLists } from './item-list.ts';

export type EditableField = 'name' | 'reorderPoint';

interface CellEditorProps {
  item: Item;
  field: EditableField;
  onEnd: () => void;
  onConflict: (conflict: Conflict) => void;
}

/** One field in its place in the table: Enter saves, Escape leaves it as it was. */
export function CellEditor({ item, field, onEnd, onConflict }: CellEditorProps) {
  // What is being edited: the list may show a newer one in the meantime.
  const [base] = useState(item);
  const [value, setValue] = useState(String(base[field] ?? ''));
  const changes: ItemChanges =
    field === 'name' ? { name: value.trim() } : { reorderPoint: valueOf(value, reorderPoint) ?? null };
  const { mutate, isPending, error } = useWrite({
    write: (body: ItemChanges) => updateItem(base, body),
    invalidates: [['items']],
    onSuccess: (saved) => {
      updateInLists([saved]);
      onEnd();
    },
    onError: (problem, body) => {
      if (isProblem(problem, 'precondition-failed')) loadConflict(base, body).then(onConflict, showError);
    },
  });
  const save = () => {
    if (isPending || (field === 'reorderPoint' && reasonOf(value, reorderPoint, false))) return;
    if (changes[field] === base[field]) return onEnd();
    mutate(changes);
  };
  const props = {
    size: 'xs',
    autoFocus: true,
    'aria-label': texts.fields[field]!,
    error: error && (fieldErrors(error).fields[field] ?? errorMessage(error)),
    onBlur: save,
    onKeyDown: (event: React.KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Enter') save();
      if (event.key === 'Escape') onEnd();
    },
  };
  return field === 'name' ? (
    <TextInput {...props} value={value} onChange={({ currentTarget }) => setValue(currentTarget.value)} />
  ) : (
    <NumberField {...props} rule={reorderPoint} value={value} onChange={setValue} />
  );
}
