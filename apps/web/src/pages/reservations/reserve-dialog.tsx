import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import type { Schema } from '../../api/client.ts';
import { levelQuery } from '../../stock/levels.ts';
import { type LineErrors, lineErrors } from '../../stock/problem-lines.ts';
import { useWrite } from '../../api/use-write.ts';
import { type ItemName, ItemPicker } from '../../stock/item-picker.tsx';
import { RemoveLine } from '../../stock/editor/remove-line.tsx';
import { LocationPicker } from '../../stock/location-picker.tsx';
import { NumberField } from '../../components/number-field/number-field.tsx';
import { quantity as quantityRule, reasonOf, valueOf } from '../../components/number-field/parse-number.ts';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { reservationsTexts } from '../../texts/reservations.ts';
import { shell } from '../../texts/shell.ts';
import { reserve, AFFECTED_BY_RESERVATION, holdOptions } from './reservation.ts';
import classes from './reservations.module.css';

const texts = reservationsTexts.form;
const MAX_LINES = 500;

interface Line {
  key: number;
  item: ItemName | null;
  location: string;
  /** As typed. */
  quantity: string;
}

let lastKey = 0;
const newLine = (location = ''): Line => ({ key: ++lastKey, item: null, location, quantity: '1' });

export function ReserveDialog({ close }: { close: () => void }) {
  const [reference, setReference] = useState('');
  const [seconds, setSeconds] = useState('900');
  const [lines, setLines] = useState<Line[]>([newLine()]);
  const [errors, setErrors] = useState(new Map<number, LineErrors>());
  const write = useWrite({
    write: (body: Schema['CreateReservation'], header) => reserve(body, header),
    invalidates: AFFECTED_BY_RESERVATION,
    onSuccess: () => {
      close();
      showSuccess(texts.done);
    },
    onError: (error) => setErrors(lineErrors(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = missing(lines);
    setErrors(found);
    if (found.size === 0) write.mutate(bodyOf(reference, Number(seconds), lines));
  };
  const change = (index: number, changes: Partial<Line>) => {
    setLines((before) => before.map((line, n) => (n === index ? { ...line, ...changes } : line)));
    setErrors((before) => new Map([...before].filter(([line]) => line !== index)));
  };
  return (
    <Dialog close={close} title={texts.title} size="lg">
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <div className={classes.fields}>
            <TextInput
              label={texts.reference}
              placeholder={texts.referenceHint}
              maxLength={200}
              value={reference}
              data-autofocus
              onChange={({ currentTarget: { value } }) => setReference(value)}
            />
            <Select
              label={texts.hold}
              allowDeselect={false}
              data={holdOptions}
              value={seconds}
              onChange={(value) => setSeconds(value!)}
            />
          </div>
          <ol className={classes.draft}>
            {lines.map((line, index) => (
              <LineFields
                key={line.key}
                line={line}
                index={index}
                errors={errors.get(index)}
                onChange={(changes) => change(index, changes)}
                onRemove={lines.length > 1 ? () => setLines(lines.filter((other) => other !== line)) : undefined}
              />
            ))}
          </ol>
          <Group justify="space-between">
            <Button
              variant="default"
              leftSection={<Plus size={14} aria-hidden />}
              disabled={lines.length >= MAX_LINES}
              onClick={() => setLines([...lines, newLine(lines.at(-1)?.location)])}
            >
              {texts.addLine}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {shell.cancel}
              </Button>
              <Button type="submit" loading={write.isPending}>
                {texts.submit}
              </Button>
            </Group>
          </Group>
          {lineErrors(write.error).size === 0 && <WriteError error={write.error} />}
        </Stack>
      </form>
    </Dialog>
  );
}

interface LineFieldsProps {
  line: Line;
  index: number;
  errors: LineErrors | undefined;
  onChange: (changes: Partial<Line>) => void;
  onRemove: (() => void) | undefined;
}

function LineFields({ line: { item, location, quantity }, index, errors = {}, onChange, onRemove }: LineFieldsProps) {
  return (
    <li className={classes.draftLine} aria-label={texts.line(index)}>
      <ItemPicker
        label={texts.item}
        value={item}
        onChange={(chosen) => onChange({ item: chosen })}
        error={errors.item}
        className={classes.draftItem}
      />
      <LocationPicker
        label={texts.location}
        value={location}
        onChange={(chosen) => onChange({ location: chosen })}
        error={errors.location}
      />
      <NumberField
        rule={quantityRule}
        label={texts.quantity}
        value={quantity}
        onChange={(typed) => onChange({ quantity: typed })}
        error={errors.quantity}
      />
      <RemoveLine label={texts.remove(index)} onRemove={onRemove} />
      {item && location && <Available itemId={item.id} locationId={location} />}
    </li>
  );
}

function Available({ itemId, locationId }: { itemId: string; locationId: string }) {
  const { data } = useQuery(levelQuery(itemId, locationId));
  return <p className={classes.here}>{data && texts.here(data.available)}</p>;
}

function missing(lines: readonly Line[]): Map<number, LineErrors> {
  const found = new Map<number, LineErrors>();
  lines.forEach((line, index) => {
    const errors: LineErrors = {};
    for (const name of ['item', 'location'] as const) if (!line[name]) errors[name] = texts.needed;
    const reason = reasonOf(line.quantity, quantityRule);
    if (reason) errors.quantity = reason;
    if (Object.keys(errors).length > 0) found.set(index, errors);
  });
  return found;
}

const bodyOf = (reference: string, ttlSeconds: number, lines: readonly Line[]): Schema['CreateReservation'] => ({
  reference: reference.trim() || null,
  ttlSeconds,
  lines: lines.map(({ item, location, quantity }) => ({
    item: item!.id,
    location,
    quantity: valueOf(quantity, quantityRule)!,
  })),
});
