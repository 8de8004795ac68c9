import { answerOf, api } from '../../../api/client.ts';
import { useWrite } from '../../../api/use-write.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { done } from '../../../parts/toast.ts';
import { peopleTexts } from '../../../texts/people.ts';
import type { ApiKey } from '../queries.ts';

const texts = peopleTexts.revocation;

/** Without If-Match: a key never changes. */
export function RevokeKey({ apiKey, close }: { apiKey: ApiKey; close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: () => answerOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } })),
    touches: [['api-keys']],
    onDone: () => {
      close();
      done(texts.done(apiKey.name));
    },
  });
  return (
    <Dialog
      title={texts.title(apiKey.name)}
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
