import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { useWrite } from '../../api/use-write.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { done } from '../../parts/toast.ts';
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
    write: () => answerOf(api.PATCH('/api/v1/users/{id}', { params: { path: { id: person.id } }, body: { password } })),
    touches: [['users'], ['session']],
    onDone: () => {
      close();
      done(texts.done(person.name));
    },
  });
  const send = () => {
    setIsShort(password.length < MIN_PASSWORD);
    if (password.length >= MIN_PASSWORD) mutate();
  };
  return (
    <Dialog
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
    </Dialog>
  );
}
