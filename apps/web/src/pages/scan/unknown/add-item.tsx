import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { responseData, api, type Schema } from '../../../api/client.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useWrite } from '../../../api/use-write.ts';
import { barcodeOf } from '../../../stock/code-lookup.ts';
import { scanTexts } from '../../../texts/scan.ts';

const texts = scanTexts.unknown;

interface AddItemProps {
  code: string;
  close: () => void;
  onAdded: () => void;
}

/** As little as an item needs; the rest has time until the shelf is done. */
export function AddItem({ code, close, onAdded }: AddItemProps) {
  const barcode = barcodeOf(code);
  const [values, setValues] = useState({ sku: barcode, name: '' });
  const [isChecked, setChecked] = useState(false);
  const write = useWrite({
    write: (body: Schema['CreateItem'], header) =>
      responseData(api.POST('/api/v1/items', { params: { header }, body })),
    invalidates: [['items']],
    onSuccess: () => {
      close();
      onAdded();
    },
  });
  const sku = values.sku.trim();
  const name = values.name.trim();
  const submit = () => {
    setChecked(true);
    if (sku && name) write.mutate({ sku, name, barcode });
  };
  const { fields, rest } = fieldErrors(write.error, {}, ['sku', 'name']);
  const field = (key: 'sku' | 'name') => ({
    label: texts[key],
    withAsterisk: true,
    value: values[key],
    onChange: ({ currentTarget: { value } }: FormEvent<HTMLInputElement>) => setValues({ ...values, [key]: value }),
    error: (isChecked && values[key].trim() === '' ? texts.needed : undefined) ?? fields[key],
  });
  return (
    <FormDialog
      title={texts.dialog(code)}
      close={close}
      submit={texts.submit}
      onSubmit={submit}
      isPending={write.isPending}
      error={write.error}
      {...(Object.keys(fields).length > 0 || rest.length > 0 ? { rest } : {})}
    >
      <TextInput {...field('name')} maxLength={200} data-autofocus />
      <TextInput {...field('sku')} maxLength={64} />
    </FormDialog>
  );
}
