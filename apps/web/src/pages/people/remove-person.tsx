import { responseData, api, ifMatch } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { showSuccess } from '../../components/toast.ts';
import type { User } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';

const texts = peopleTexts.removal;

export function RemovePerson({ person, close }: { person: User; close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: () =>
      responseData(api.DELETE('/api/v1/users/{id}', { params: { path: { id: person.id }, header: ifMatch(person) } })),
    invalidates: [['users']],
    onSuccess: () => {
      close();
      showSuccess(texts.done(person.name));
    },
  });
  return (
    <FormDialog
      title={texts.title(person.name)}
      close={close}
      submit={texts.submit}
      onSubmit={() => mutate()}
      isPending={isPending}
      error={error}
      isDangerous
    >
      <p>{texts.text}</p>
    </FormDialog>
  );
}
