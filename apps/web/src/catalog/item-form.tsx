import { Button, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import type { Schema } from '../api/client.ts';
import { fieldErrors } from '../api/field-errors.ts';
import { WriteError } from '../components/write-error';
import { shell } from '../texts/shell.ts';
import { itemFormTexts as texts } from '../texts/items.ts';
import classes from './item-form.module.css';
import type { Item } from './items.ts';

export type ItemValues = Schema['CreateItem'];

interface ItemFormProps {
  item?: Item;
  submit: string;
  onSubmit: (values: ItemValues) => void;
  isPending: boolean;
  error: Error | null;
  cancel: () => void;
}

const FIELDS = ['sku', 'name', 'description', 'barcode', 'category', 'unit', 'reorderPoint'] as const;
/** Empty: the item has none. */
type Fields = Record<Exclude<(typeof FIELDS)[number], 'reorderPoint'>, string> & { reorderPoint: string | number };

/** What an item is called and how it is counted. An empty field is sent as null where the item may lack it. */
export function ItemForm({ item, submit, onSubmit, isPending, error, cancel }: ItemFormProps) {
  const form = useForm<Fields>({
    initialValues: {
      sku: item?.sku ?? '',
      name: item?.name ?? '',
      description: item?.description ?? '',
      barcode: item?.barcode ?? '',
      category: item?.category ?? '',
      unit: item?.unit ?? 'each',
      reorderPoint: item?.reorderPoint ?? '',
    },
    validate: { sku: needed, name: needed, unit: needed },
  });
  const { fields, rest } = fieldErrors(error, {}, FIELDS);
  const { setErrors } = form;
  useEffect(() => {
    setErrors(fieldErrors(error, {}, FIELDS).fields);
  }, [error, setErrors]);
  const send = form.onSubmit(({ barcode, category, reorderPoint, ...values }) =>
    onSubmit({
      ...trimmed(values),
      barcode: barcode.trim() || null,
      category: category.trim() || null,
      reorderPoint: reorderPoint === '' ? null : Number(reorderPoint),
    }),
  );
  const field = (name: (typeof FIELDS)[number]) => ({ label: texts.fields[name], ...form.getInputProps(name) });
  return (
    <form noValidate onSubmit={send}>
      <div className={classes.fields}>
        <TextInput {...field('sku')} withAsterisk data-autofocus />
        <TextInput {...field('barcode')} />
        <TextInput {...field('name')} withAsterisk className={classes.wide} />
        <TextInput {...field('category')} />
        <TextInput {...field('unit')} withAsterisk />
        <NumberInput {...field('reorderPoint')} description={texts.reorderHint} min={0} allowDecimal={false} />
        <Textarea {...field('description')} className={classes.wide} autosize minRows={2} />
      </div>
      <WriteError error={error} {...(Object.keys(fields).length > 0 || rest.length > 0 ? { rest } : {})} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={cancel}>
          {shell.cancel}
        </Button>
        <Button type="submit" loading={isPending}>
          {submit}
        </Button>
      </Group>
    </form>
  );
}

const needed = (value: string): string | null => (value.trim() === '' ? texts.required : null);

const trimmed = <T extends Record<string, string>>(values: T): T =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])) as T;
