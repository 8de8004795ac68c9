import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '../../../api/field-errors.ts';
import { locationsQuery } from '../../../api/locations.ts';
import { isProblem } from '../../../api/problem.ts';
import { useWrite } from '../../../api/use-write.ts';
import type { Item } from '../../../catalog/items.ts';
import { done } from '../../../parts/toast.ts';
import { WriteFailure } from '../../../parts/write-failure.tsx';
import { movementTexts as texts } from '../../../texts/item.ts';
import { shell } from '../../../texts/shell.ts';
import { levelsQuery } from '../queries.ts';
import { bodyOf, linesOf, type MovementKind, type MovementValues, post } from './movement.ts';

interface MovementDialogProps {
  item: Item;
  kind: MovementKind;
  close: () => void;
}

const NAMES = {
  '/lines/0/location': 'location',
  '/lines/0/from': 'location',
  '/lines/0/to': 'to',
  '/lines/0/quantity': 'quantity',
  '/lines/0/counted': 'quantity',
};

/** Receives, ships, moves or counts one item. */
export function MovementDialog({ item, kind, close }: MovementDialogProps) {
  const locations = useQuery(locationsQuery).data ?? [];
  const levels = useQuery(levelsQuery(item)).data?.items ?? [];
  // A level that changed while a person counted is told once; then their count holds.
  const [seen, setSeen] = useState<Record<string, number>>({});
  const levelAt = (id: string) => levels.find(({ location }) => location.id === id);
  const form = useForm({
    initialValues: {
      location: levels[0]?.location.id ?? '',
      to: '',
      quantity: '' as string | number,
      reference: '',
      note: '',
    },
    validate: {
      location: needed,
      to: (to, { location }) => (kind !== 'transfer' ? null : to === location ? texts.sameLocation : needed(to)),
      quantity: (quantity) => needed(String(quantity)),
    },
  });
  const expected = (location: string) => seen[location] ?? levelAt(location)?.onHand ?? 0;
  const write = useWrite({
    write: (values: MovementValues, header) => post(bodyOf(kind, item, values, expected(values.location)), header),
    touches: [['items'], ['stock'], ['movements'], ['history'], ['reservations']],
    onDone: (movement, { quantity }) => {
      close();
      done(kind === 'count' ? texts.done.count(movement.lines[0]!.delta) : texts.done[kind](quantity));
    },
    onFail: (error, { location }) => {
      const [line] = linesOf(error);
      form.setErrors(fieldErrors(error, NAMES).fields);
      if (isProblem(error, 'insufficient-stock')) form.setFieldError('quantity', texts.short([line?.available ?? 0]));
      if (!isProblem(error, 'unexpected-level')) return;
      form.setFieldError('quantity', texts.unexpected(line?.onHand ?? 0));
      setSeen({ ...seen, [location]: line?.onHand ?? 0 });
    },
  });
  const choices = locations.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }));
  const here = levelAt(form.values.location);
  // The level that a person counts against is the one that stood there when they chose the place.
  const remember = (location: string | null) => {
    form.setFieldValue('location', location ?? '');
    if (location && kind === 'count') setSeen({ ...seen, [location]: levelAt(location)?.onHand ?? 0 });
  };
  const isAtField = Object.keys(form.errors).length > 0;
  return (
    <Modal
      opened
      onClose={close}
      title={texts.titles[kind](item.name)}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ quantity, ...values }) => write.mutate({ ...values, quantity: Number(quantity) }))}
      >
        <Stack gap="sm">
          <Select
            label={kind === 'transfer' ? texts.from : texts.location}
            description={here && texts.here(here.onHand, here.available)}
            data={choices}
            searchable
            {...form.getInputProps('location')}
            onChange={remember}
          />
          {kind === 'transfer' && <Select label={texts.to} data={choices} searchable {...form.getInputProps('to')} />}
          <NumberInput
            label={kind === 'count' ? texts.counted : texts.quantity}
            data-autofocus
            min={kind === 'count' ? 0 : 1}
            allowDecimal={false}
            allowNegative={false}
            {...form.getInputProps('quantity')}
          />
          <TextInput label={texts.reference} {...form.getInputProps('reference')} />
          <TextInput label={texts.note} {...form.getInputProps('note')} />
          {!isAtField && <WriteFailure error={write.error} />}
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
    </Modal>
  );
}

const needed = (value: string): string | null => (value === '' ? texts.needed : null);
