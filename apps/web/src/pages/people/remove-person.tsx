import { answerOf, api, ifMatch } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { done } from '../../parts/toast.ts';
import type { User } from '../../session/session.ts';
import { peopleTexts } from '../../texts/people.ts';

const texts = peopleTexts.removal;

export function RemovePerson({ person, close }: { person: User; close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: () =>
      answerOf(api.DELETE('/api/v1/users/{id}', { params: { path: { id: person.id }, header: ifMatch(person) } })),
    touches: [['users']],
    onDone: () => {
      close();
      done(texts.done(person.name));
    },
  });
  return (
    <Dialog
      title={texts.title(person.name)}
      close={close}
      submit={texts.submit}
      onSubmit={() => mutate()}
      isPending={isPending}
      error={error}
      isDangerous
    >
      <p>{texts.text}</p>
    </Dialog>
  );
}
