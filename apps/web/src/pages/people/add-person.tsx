import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { responseData, api } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { showSuccess } from '../../components/toast.ts';
import { peopleTexts } from '../../texts/people.ts';
import { MIN_PASSWORD, PasswordField } from './password-field.tsx';
import { needed, PERSON_FIELDS, PersonFields, type PersonValues } from './person-fields.tsx';

const texts = peopleTexts.form;

export function AddPerson({ close }: { close: () => void }) {
  const form = useForm<PersonValues & { password: string }>({
    initialValues: { name: '', email: '', role: 'operator', password: '' },
    validate: {
      name: needed,
      email: needed,
      password: (value) => (value.length < MIN_PASSWORD ? texts.short : null),
    },
  });
  const { mutate, isPending, error } = useWrite({
    write: (body: PersonValues & { password: string }, header) =>
      responseData(api.POST('/api/v1/users', { params: { header }, body })),
    invalidates: [['users']],
    onSuccess: ({ name }) => {
      close();
      showSuccess(texts.added(name));
    },
  });
  const { setErrors } = form;
  useEffect(() => setErrors(fieldErrors(error, {}, PERSON_FIELDS).fields), [error, setErrors]);
  const send = form.onSubmit((values) => mutate({ ...values, name: values.name.trim(), email: values.email.trim() }));
  return (
    <FormDialog
      title={texts.add}
      close={close}
      submit={texts.submit}
      onSubmit={send}
      isPending={isPending}
      error={error}
    >
      <PersonFields form={form} />
      <PasswordField
        value={form.values.password}
        onChange={(password) => form.setFieldValue('password', password)}
        error={form.errors.password as string | undefined}
      />
    </FormDialog>
  );
}
