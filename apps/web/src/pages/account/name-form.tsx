import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ifMatch, responseData } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess } from '../../components/toast.ts';
import { WriteError } from '../../components/write-error.tsx';
import { useUser } from '../../session/session.ts';
import { accountTexts } from '../../texts/account.ts';
import { shell } from '../../texts/shell.ts';
import classes from './account-page.module.css';

const texts = accountTexts.name;

export function NameForm() {
  const user = useUser();
  const [name, setName] = useState(user.name);
  const [isChecked, setChecked] = useState(false);
  const write = useWrite({
    write: (body: { name: string }) =>
      responseData(api.PATCH('/api/v1/account', { params: { header: ifMatch(user) }, body })),
    invalidates: [['session'], ['users']],
    onSuccess: () => showSuccess(texts.done),
  });
  const { fields, rest } = fieldErrors(write.error, {}, ['name']);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() !== '') write.mutate({ name: name.trim() });
  };
  return (
    <form noValidate onSubmit={send} className={classes.form}>
      <p className={classes.quiet}>
        {user.email} · {shell.roles[user.role]}
      </p>
      <TextInput
        label={texts.label}
        description={texts.hint}
        maxLength={200}
        autoComplete="name"
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
        error={(isChecked && name.trim() === '' ? texts.needed : undefined) ?? fields.name}
      />
      {!fields.name && <WriteError error={write.error} {...(rest.length > 0 && { rest })} />}
      <Button type="submit" variant="default" loading={write.isPending}>
        {texts.submit}
      </Button>
    </form>
  );
}
