import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { responseData, api, type Schema } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { isProblem } from '../../api/problem.ts';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { locationsTexts } from '../../texts/locations.ts';
import { shell } from '../../texts/shell.ts';
import { type Location, readLocation, AFFECTED_BY_LOCATION, updateLocation } from './location.ts';

const texts = locationsTexts.form;

interface LocationDialogProps {
  /** As it was when the form opened. Undefined: a new one. */
  location?: Location;
  close: () => void;
}

interface Values {
  code: string;
  name: string;
}

/** Adds or renames one. Who comes second sees what the first changed, and chooses. */
export function LocationDialog({ location, close }: LocationDialogProps) {
  const [values, setValues] = useState<Values>({ code: location?.code ?? '', name: location?.name ?? '' });
  const [isChecked, setChecked] = useState(false);
  const [theirs, setTheirs] = useState<Location>();
  const write = useWrite({
    write: ({ base, ...body }: Values & { base: Location | undefined }, header) =>
      base ? updateLocation(base, body) : create(body, header),
    invalidates: AFFECTED_BY_LOCATION,
    onSuccess: ({ code }) => {
      close();
      showSuccess(location ? texts.saved(code) : texts.added(code));
    },
    onError: (error) => {
      if (location && isProblem(error, 'precondition-failed')) void readLocation(location.id).then(setTheirs, () => {});
    },
  });
  const trimmed = { code: values.code.trim(), name: values.name.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (trimmed.code && trimmed.name) write.mutate({ ...trimmed, base: theirs ?? location });
  };
  const { fields, rest } = fieldErrors(write.error, {}, ['code', 'name']);
  const field = (name: keyof Values) => ({
    label: texts[name],
    value: values[name],
    onChange: ({ currentTarget: { value } }: FormEvent<HTMLInputElement>) => setValues({ ...values, [name]: value }),
    error: (isChecked && trimmed[name] === '' ? texts.needed : undefined) ?? fields[name],
    withAsterisk: true,
  });
  const isAtField = Object.keys(fields).length > 0;
  return (
    <Dialog close={close} title={location ? texts.edit : texts.add}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <TextInput {...field('code')} description={texts.codeHint} maxLength={32} data-autofocus />
          <TextInput {...field('name')} maxLength={200} />
          {theirs ? (
            <ConflictNotice theirs={theirs} />
          ) : (
            <WriteError error={write.error} {...(isAtField || rest.length > 0 ? { rest } : {})} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {theirs ? locationsTexts.conflict.keepTheirs : shell.cancel}
            </Button>
            <Button type="submit" loading={write.isPending}>
              {theirs ? locationsTexts.conflict.saveMine : location ? texts.save : texts.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

const ConflictNotice = ({ theirs: { code, name, updatedBy } }: { theirs: Location }) => (
  <Alert color="yellow" variant="light" title={locationsTexts.conflict.title} role="alert">
    {locationsTexts.conflict.text(updatedBy?.name, code, name)}
  </Alert>
);

const create = (body: Schema['CreateLocation'], header: { 'Idempotency-Key': string }): Promise<Location> =>
  responseData(api.POST('/api/v1/locations', { params: { header }, body }));
