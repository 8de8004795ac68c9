import { useState } from 'react';
import { responseData, api } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { showSuccess } from '../../components/toast.ts';
import { type User, useUser } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';
import { MIN_PASSWORD, PasswordField } from './password-field.tsx';

const texts = peopleTexts.reset;

/** Without If-Match: whatever else was changed of the person, the new password is meant. */
export function ResetPassword({ person, close }: { person: User; close: () => void }) {
  const { id: ownId } = useUser();
  const [password, setPassword] = useState('');
  const [isShort, setIsShort] = useState(false);
  const { mutate, isPending, error } = useWrite({
    write: () =>
      responseData(api.PATCH('/api/v1/users/{id}', { params: { path: { id: person.id } }, body: { password } })),
    invalidates: [['users'], ['session']],
    onSuccess: () => {
      close();
      showSuccess(texts.done(person.name));
    },
  });
  const send = () => {
    setIsShort(password.length < MIN_PASSWORD);
    if (password.length >= MIN_PASSWORD) mutate();
  };
  return (
    <FormDialog
      title={texts.title(person.name)}
      close={close}
      submit={texts.submit}
      onSubmit={send}
      isPending={isPending}
      error={error}
    >
      <p>{person.id === ownId ? texts.own : texts.text}</p>
      <PasswordField
        value={password}
        onChange={setPassword}
        error={isShort ? peopleTexts.form.short : fieldErrors(error).fields.password}
      />
    </FormDialog>
  );
}
