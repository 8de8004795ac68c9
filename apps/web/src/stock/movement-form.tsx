import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { fieldErrors } from '../api/field-errors.ts';
import { isProblem } from '../api/problem.ts';
import { useWrite } from '../api/use-write.ts';
import type { Item } from '../catalog/items.ts';
import { showSuccess } from '../components/toast';
import { WriteError } from '../components/write-error';
import { shell } from '../texts/shell.ts';
import { movementTexts as texts } from '../texts/stock.ts';
import type { Level } from './levels.ts';
import { LocationPicker } from './location-picker.tsx';
import {
  movementBody,
  problemLines,
  AFFECTED_BY_MOVEMENT,
  type MovementKind,
  type MovementValues,
  postMovement,
} from './movement.ts';
import { QuantityField } from './quantity-field.tsx';

interface MovementFormProps {
  item: Item;
  kind: MovementKind;
  levels: Level[];
  /** The location to begin with. */
  begin: string;
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

export function MovementForm({ item, kind, levels, begin, close }: MovementFormProps) {
  // Who counts, counts against what was there when the form opened. What has changed since is told once.
  const [seen, setSeen] = useState(() => new Map(levels.map(({ location, onHand }) => [location.id, onHand])));
  const form = useForm({
    initialValues: { location: begin, to: '', quantity: '' as string | number, reference: '', note: '' },
    validate: {
      location: needed,
      to: (to, { location }) => (kind !== 'transfer' ? null : to === location ? texts.sameLocation : needed(to)),
      quantity: (quantity) => needed(String(quantity)),
    },
  });
  const write = useWrite({
    write: (values: MovementValues, header) =>
      postMovement(movementBody(kind, item, values, seen.get(values.location) ?? 0), header),
    invalidates: AFFECTED_BY_MOVEMENT,
    onSuccess: (movement, { quantity }) => {
      close();
      showSuccess(kind === 'count' ? texts.done.count(movement.lines[0]!.delta) : texts.done[kind](quantity));
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
  const send = form.onSubmit(({ quantity, ...values }) => write.mutate({ ...values, quantity: Number(quantity) }));
  return (
    <form noValidate onSubmit={send}>
      <Stack gap="sm">
        <LocationPicker
          label={kind === 'transfer' ? texts.from : texts.location}
          description={texts.here(here?.onHand ?? 0, here?.available ?? 0)}
          {...form.getInputProps('location')}
        />
        {kind === 'transfer' && <LocationPicker label={texts.to} {...form.getInputProps('to')} />}
        <QuantityField
          label={kind === 'count' ? texts.counted : texts.quantity}
          data-autofocus
          min={kind === 'count' ? 0 : 1}
          {...form.getInputProps('quantity')}
        />
        <TextInput label={texts.reference} {...form.getInputProps('reference')} />
        <TextInput label={texts.note} {...form.getInputProps('note')} />
        {!isAtField && <WriteError error={write.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
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

const needed = (value: string): string | null => (value === '' ? texts.needed : null);
