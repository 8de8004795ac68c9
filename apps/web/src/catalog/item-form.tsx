import { Button, Group, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import type { Schema } from '../api/client.ts';
import { fieldErrors } from '../api/field-errors.ts';
import { money, plainAmount } from '../components/number-field/money.ts';
import { NumberField } from '../components/number-field/number-field.tsx';
import { reasonOf, reorderPoint, valueOf } from '../components/number-field/parse-number.ts';
import { Loading } from '../components/state.tsx';
import { WriteError } from '../components/write-error.tsx';
import { shell } from '../texts/shell.ts';
import { itemFormTexts as texts } from '../texts/items.ts';
import { AttributeFields } from './attribute-fields.tsx';
import { type AttributeRow, attributesError, attributesOf, rowsOf } from './attributes.ts';
import { useCurrency } from './currency.ts';
import classes from './item-form.module.css';
import type { Item } from './items.ts';

export type ItemValues = Schema['CreateItem'];

interface ItemFormProps {
  item?: Item;
  /** To begin with, where there is no item yet. */
  name?: string | undefined;
  submit: string;
  onSubmit: (values: ItemValues) => void;
  isPending: boolean;
  error: Error | null;
  cancel: () => void;
}

const MAX_BARCODES = 20;
const TEXTS = ['sku', 'name', 'description', 'category', 'unit', 'unitCost', 'reorderPoint'] as const;
const FIELDS = [...TEXTS, 'attributes', 'barcodes', ...Array.from({ length: MAX_BARCODES }, (_, n) => `barcodes.${n}`)];
/** All as typed. Empty: the item has none. */
type Fields = Record<(typeof TEXTS)[number], string> & { barcodes: string[]; attributes: AttributeRow[] };

/** What an item is called, how it is counted and what it costs. The cost can be read once the currency is known. */
export function ItemForm(props: ItemFormProps) {
  const currency = useCurrency();
  return currency ? <Form {...props} currency={currency} /> : <Loading />;
}

function Form({
  item,
  name = '',
  submit,
  onSubmit,
  isPending,
  error,
  cancel,
  currency,
}: ItemFormProps & { currency: string }) {
  const cost = money(currency);
  const form = useForm<Fields>({
    initialValues: item ? fieldsOf(item, currency) : { ...fieldsOf(item, currency), name },
    validate: {
      sku: required,
      name: required,
      unit: required,
      unitCost: (text) => reasonOf(text, cost, false) ?? null,
      reorderPoint: (text) => reasonOf(text, reorderPoint, false) ?? null,
      attributes: attributesError,
    },
  });
  const { fields, rest } = fieldErrors(error, {}, FIELDS);
  const { setErrors } = form;
  useEffect(() => {
    setErrors(fieldErrors(error, {}, FIELDS).fields);
  }, [error, setErrors]);
  const send = form.onSubmit((values) => onSubmit(valuesOf(values, valueOf(values.unitCost, cost) ?? null)));
  const field = (name: (typeof TEXTS)[number]) => ({ label: texts.fields[name], ...form.getInputProps(name) });
  return (
    <form noValidate onSubmit={send}>
      <div className={classes.fields}>
        <TextInput {...field('sku')} withAsterisk data-autofocus />
        <TagsInput
          label={texts.fields.barcodes}
          classNames={{ inputField: classes.barcode }}
          placeholder={texts.barcodesHint}
          maxTags={MAX_BARCODES}
          maxLength={64}
          splitChars={[]}
          value={form.values.barcodes}
          onChange={(barcodes) => {
            form.setFieldValue('barcodes', barcodes);
            // What was said of one of them is not true of the one that has its place now.
            setErrors(Object.fromEntries(Object.entries(form.errors).filter(([name]) => !name.startsWith('barcodes'))));
          }}
          error={barcodesError(form.errors, form.values.barcodes)}
        />
        <TextInput {...field('name')} withAsterisk className={classes.wide} />
        <TextInput {...field('category')} />
        <TextInput {...field('unit')} withAsterisk />
        <NumberField {...field('unitCost')} rule={cost} rightSection={currency} rightSectionWidth={48} />
        <NumberField {...field('reorderPoint')} rule={reorderPoint} description={texts.reorderHint} />
        <Textarea {...field('description')} className={classes.wide} autosize minRows={2} />
        <AttributeFields
          rows={form.values.attributes}
          onChange={(rows) => form.setFieldValue('attributes', rows)}
          error={form.errors.attributes as string | undefined}
        />
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

const fieldsOf = (item: Item | undefined, currency: string): Fields => ({
  sku: item?.sku ?? '',
  name: item?.name ?? '',
  description: item?.description ?? '',
  barcodes: item?.barcodes ?? [],
  category: item?.category ?? '',
  unit: item?.unit ?? 'each',
  unitCost: item && item.unitCost !== null ? plainAmount(item.unitCost, currency) : '',
  reorderPoint: String(item?.reorderPoint ?? ''),
  attributes: rowsOf(item?.attributes ?? {}),
});

const valuesOf = (values: Fields, unitCost: number | null): ItemValues => ({
  sku: values.sku.trim(),
  name: values.name.trim(),
  description: values.description.trim(),
  barcodes: values.barcodes.map((code) => code.trim()),
  category: values.category.trim() || null,
  unit: values.unit.trim(),
  unitCost,
  reorderPoint: valueOf(values.reorderPoint, reorderPoint) ?? null,
  attributes: attributesOf(values.attributes),
});

/** What the API says of one of them, with the code that it is about. */
function barcodesError(errors: Partial<Record<string, unknown>>, barcodes: string[]): string | undefined {
  const at = barcodes.findIndex((_, n) => errors[`barcodes.${n}`] !== undefined);
  return at === -1
    ? (errors.barcodes as string | undefined)
    : texts.barcodeError(barcodes[at]!, errors[`barcodes.${at}`] as string);
}

const required = (value: string): string | null => (value.trim() === '' ? texts.required : null);
