import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, responseData } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { useUser } from '../../session/session.ts';
import { accountTexts } from '../../texts/account.ts';
import { MIN_PASSWORD } from '../people/password-field.tsx';
import classes from './account-page.module.css';

const texts = accountTexts.password;
const EMPTY = { currentPassword: '', newPassword: '' };

export function PasswordForm() {
  const { email } = useUser();
  const [values, setValues] = useState(EMPTY);
  const [isChecked, setChecked] = useState(false);
  const write = useWrite({
    write: (body: typeof EMPTY) => responseData(api.POST('/api/v1/account/password', { body })),
    invalidates: [['account']],
    onSuccess: () => {
      setValues(EMPTY);
      setChecked(false);
      showSuccess(texts.done);
    },
  });
  const { currentPassword, newPassword } = values;
  const { fields } = fieldErrors(write.error);
  const isShort = newPassword.length < MIN_PASSWORD;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (currentPassword !== '' && !isShort) write.mutate(values);
  };
  const field = (name: keyof typeof EMPTY) => ({
    value: values[name],
    onChange: ({ currentTarget: { value } }: FormEvent<HTMLInputElement>) => {
      write.reset();
      setValues({ ...values, [name]: value });
    },
  });
  return (
    <form noValidate onSubmit={send} className={classes.form}>
      {/* Tells a password manager whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label={texts.current}
        autoComplete="current-password"
        {...field('currentPassword')}
        error={isChecked && currentPassword === '' ? texts.needed : fields.currentPassword}
      />
      <PasswordInput
        label={texts.next}
        description={texts.hint}
        autoComplete="new-password"
        {...field('newPassword')}
        error={isChecked && isShort ? texts.short : fields.newPassword}
      />
      {Object.keys(fields).length === 0 && <WriteError error={write.error} />}
      <Button type="submit" variant="default" loading={write.isPending}>
        {texts.submit}
      </Button>
    </form>
  );
}
