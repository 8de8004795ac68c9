import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { responseData, api, type Schema } from '../../../api/client.ts';
import { fieldErrors } from '../../../api/field-errors.ts';
import { useWrite } from '../../../api/use-write.ts';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { SecretDialog } from '../../../components/dialog/secret-dialog.tsx';
import type { Role } from '../../../session/session.ts';
import { peopleTexts } from '../../../texts/people.ts';
import { needed } from '../person-fields.tsx';
import { roleChoices } from '../queries.ts';

const texts = peopleTexts.keys;
const DAY_MS = 86_400_000;
/** In days; 0: for good. */
const LIFETIMES = [30, 90, 365, 0];
const lifetimeChoices = LIFETIMES.map((days) => ({
  value: String(days),
  label: days === 0 ? texts.forever : texts.lifetimes(days),
}));

export function CreateKey({ close }: { close: () => void }) {
  const [made, setMade] = useState<Schema['NewApiKey']>();
  const form = useForm({
    initialValues: { name: '', role: 'operator' as Role, days: '90' },
    validate: { name: needed },
  });
  const { mutate, isPending, error } = useWrite({
    write: (body: Schema['CreateApiKey'], header) =>
      responseData(api.POST('/api/v1/api-keys', { params: { header }, body })),
    invalidates: [['api-keys']],
    onSuccess: setMade,
  });
  const { setErrors } = form;
  useEffect(() => setErrors(fieldErrors(error, {}, ['name', 'role']).fields), [error, setErrors]);
  // Made when the form opened, so that a repetition sends the same words.
  const [now] = useState(Date.now);
  const send = form.onSubmit(({ name, role, days }) =>
    mutate({
      name: name.trim(),
      role,
      expiresAt: days === '0' ? null : new Date(now + Number(days) * DAY_MS).toISOString(),
    }),
  );
  const { title, label } = peopleTexts.secret;
  if (made) return <SecretDialog title={title(made.name)} label={label} secret={made.key} close={close} />;
  return (
    <FormDialog
      title={texts.add}
      close={close}
      submit={texts.submit}
      onSubmit={send}
      isPending={isPending}
      error={error}
    >
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        withAsterisk
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select label={texts.role} data={roleChoices} allowDeselect={false} {...form.getInputProps('role')} />
      <Select label={texts.lifetime} data={lifetimeChoices} allowDeselect={false} {...form.getInputProps('days')} />
    </FormDialog>
  );
}
