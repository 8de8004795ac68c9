import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { fieldErrors } from '../api/field-errors.ts';
import { isProblem } from '../api/problem.ts';
import { useWrite } from '../api/use-write.ts';
import type { Item } from '../catalog/items.ts';
import type { Draft } from '../drafts/draft.ts';
import { RestoredNotice } from '../drafts/restored-notice.tsx';
import { NumberField } from '../components/number-field/number-field.tsx';
import { counted, quantity as positiveQuantity, reasonOf, valueOf } from '../components/number-field/parse-number.ts';
import { WriteError } from '../components/write-error.tsx';
import { shell } from '../texts/shell.ts';
import { movementTexts as texts } from '../texts/stock.ts';
import { showBooked } from './booked-toast.tsx';
import { isLargeDifference } from './large-difference.ts';
import type { Level } from './levels.ts';
import type { MovementDraft, MovementFields } from './movement-draft.ts';
import classes from './movement-form.module.css';
import { LocationPicker } from './location-picker.tsx';
import {
  movementBody,
  problemLines,
  AFFECTED_BY_MOVEMENT,
  type MovementKind,
  type MovementValues,
  postMovement,
} from './movement.ts';

interface MovementFormProps {
  item: Item;
  kind: MovementKind;
  levels: Level[];
  /** The location to begin with. */
  begin: string;
  draft: Draft<MovementDraft>;
  close: () => void;
}

/** The form's own names of what the API calls otherwise. */
const NAMES = {
  '/lines/0/location': 'location',
  '/lines/0/from': 'location',
  '/lines/0/to': 'to',
  '/lines/0/quantity': 'quantity',
  '/lines/0/counted': 'quantity',
};

export function MovementForm({ item, kind, levels, begin, draft, close }: MovementFormProps) {
  // Who counts, counts against what was there when the form opened. What has changed since is told once.
  const [seen, setSeen] = useState(() => new Map(draft.restored?.values.seen ?? seenNow(levels)));
  const [restoredAt, setRestoredAt] = useState(draft.restored?.at);
  const [confirmed, setConfirmed] = useState<number>();
  const rule = kind === 'count' ? counted : positiveQuantity;
  const form = useForm({
    initialValues: draft.restored?.values.fields ?? emptyFields(begin),
    onValuesChange: (fields) => {
      if (isEmpty(fields)) draft.clear();
      else draft.keep({ fields, seen: [...seen] });
    },
    validate: {
      location: needed,
      to: (to, { location }) => (kind !== 'transfer' ? null : to === location ? texts.sameLocation : needed(to)),
      quantity: (text) => reasonOf(text, rule) ?? null,
    },
  });
  const write = useWrite({
    write: (values: MovementValues, header) =>
      postMovement(movementBody(kind, item, values, seen.get(values.location) ?? 0), header),
    invalidates: AFFECTED_BY_MOVEMENT,
    draft,
    onSuccess: (movement, { quantity }) => {
      draft.clear();
      close();
      const message = kind === 'count' ? texts.done.count(movement.lines[0]!.delta) : texts.done[kind](quantity);
      showBooked(message, movement);
    },
    onError: (error, { location }) => {
      const [line] = problemLines(error);
      form.setErrors(fieldErrors(error, NAMES).fields);
      if (isProblem(error, 'insufficient-stock')) form.setFieldError('quantity', texts.short(line?.available ?? 0));
      if (!isProblem(error, 'unexpected-level')) return;
      form.setFieldError('quantity', texts.unexpected(line?.onHand ?? 0));
      setSeen(new Map(seen).set(location, line?.onHand ?? 0));
    },
  });
  const here = levels.find(({ location }) => location.id === form.values.location);
  const isAtField = Object.keys(form.errors).length > 0;
  const before = seen.get(form.values.location) ?? 0;
  const after = kind === 'count' ? (valueOf(form.values.quantity, rule) ?? undefined) : undefined;
  const isLarge = after !== undefined && isLargeDifference(before, after);
  const send = form.onSubmit(({ quantity, ...values }) => {
    const entered = valueOf(quantity, rule);
    if (typeof entered !== 'number') return;
    if (isLarge && confirmed !== entered) return setConfirmed(entered);
    write.mutate({ ...values, quantity: entered });
  });
  const startOver = () => {
    form.setValues(emptyFields(begin));
    setSeen(new Map(seenNow(levels)));
    setRestoredAt(undefined);
  };
  const cancel = () => {
    draft.clear();
    close();
  };
  return (
    <form noValidate onSubmit={send}>
      <Stack gap="sm">
        {restoredAt !== undefined && <RestoredNotice at={restoredAt} startOver={startOver} />}
        <LocationPicker
          label={kind === 'transfer' ? texts.from : texts.location}
          description={texts.here(here?.onHand ?? 0, here?.available ?? 0)}
          {...form.getInputProps('location')}
        />
        {kind === 'transfer' && (
          <LocationPicker label={texts.to} except={form.values.location} {...form.getInputProps('to')} />
        )}
        <NumberField
          rule={rule}
          label={kind === 'count' ? texts.counted : texts.quantity}
          data-autofocus
          {...form.getInputProps('quantity')}
        />
        {after !== undefined && (
          <p className={classes.difference} role="status">
            {isLarge && confirmed === after ? texts.isLarge(before, after) : texts.difference(before, after)}
          </p>
        )}
        <TextInput label={texts.reference} {...form.getInputProps('reference')} />
        <TextInput label={texts.note} {...form.getInputProps('note')} />
        {!isAtField && <WriteError error={write.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            {shell.cancel}
          </Button>
          <Button type="submit" loading={write.isPending}>
            {texts.actions[kind]}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const emptyFields = (location: string): MovementFields => ({ location, to: '', quantity: '', reference: '', note: '' });

/** Whether there is nothing to keep: a location alone is chosen again at once. */
const isEmpty = ({ quantity, reference, note }: MovementFields): boolean => quantity + reference + note === '';

const seenNow = (levels: Level[]): [string, number][] => levels.map(({ location, onHand }) => [location.id, onHand]);

const needed = (value: string): string | null => (value === '' ? texts.needed : null);
