import { Alert, Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { responseData, api, ifMatch } from '../../api/client.ts';
import { fieldErrors } from '../../api/field-errors.ts';
import { isProblem } from '../../api/problem.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { showSuccess, showError } from '../../components/toast.ts';
import type { User } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';
import { shell } from '../../texts/shell.ts';
import { needed, PERSON_FIELDS, PersonFields, type PersonValues } from './person-fields.tsx';
import { readPerson } from './queries.ts';

const { form: texts, conflict: conflictTexts } = peopleTexts;

export function EditPerson({ person, close }: { person: User; close: () => void }) {
  const [theirs, setTheirs] = useState<User>();
  const form = useForm<PersonValues>({
    initialValues: { name: person.name, email: person.email, role: person.role },
    validate: { name: needed, email: needed },
  });
  const { mutate, isPending, error } = useWrite({
    write: ({ base, ...body }: PersonValues & { base: User }) =>
      responseData(api.PATCH('/api/v1/users/{id}', { params: { path: { id: base.id }, header: ifMatch(base) }, body })),
    invalidates: [['users'], ['session']],
    onSuccess: ({ name }) => {
      close();
      showSuccess(texts.saved(name));
    },
    onError: (problem) => {
      if (isProblem(problem, 'precondition-failed')) readPerson(person.id).then(setTheirs, showError);
    },
  });
  const { setErrors } = form;
  useEffect(() => setErrors(fieldErrors(error, {}, PERSON_FIELDS).fields), [error, setErrors]);
  const isConflict = error !== null && isProblem(error, 'precondition-failed');
  const save = (base: User) => form.onSubmit((values) => mutate({ ...values, base }))();
  return (
    <FormDialog
      title={texts.edit(person.name)}
      close={close}
      submit={texts.save}
      onSubmit={() => save(person)}
      isPending={isPending}
      error={isConflict ? null : error}
    >
      <PersonFields form={form} />
      {theirs && <Conflict theirs={theirs} keepTheirs={close} saveMine={() => save(theirs)} />}
    </FormDialog>
  );
}

interface ConflictProps {
  theirs: User;
  keepTheirs: () => void;
  saveMine: () => void;
}

const Conflict = ({ theirs, keepTheirs, saveMine }: ConflictProps) => (
  <Alert variant="default" title={conflictTexts.title} role="alert">
    {conflictTexts.now(theirs.name, theirs.email, shell.roles[theirs.role])}
    <Group mt="xs">
      <Button size="xs" variant="default" onClick={keepTheirs}>
        {conflictTexts.keep}
      </Button>
      <Button size="xs" onClick={saveMine}>
        {conflictTexts.mine}
      </Button>
    </Group>
  </Alert>
);
