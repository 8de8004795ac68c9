import { responseData, api } from '../../../api/client.ts';
import { useWrite } from '../../../api/use-write.ts';
import { FormDialog } from '../../../components/dialog/form-dialog.tsx';
import { showSuccess } from '../../../components/toast.ts';
import { peopleTexts } from '../../../texts/people.ts';
import type { ApiKey } from '../queries.ts';

const texts = peopleTexts.revocation;

/** Without If-Match: a key never changes. */
export function RevokeKey({ apiKey, close }: { apiKey: ApiKey; close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: () => responseData(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } })),
    invalidates: [['api-keys']],
    onSuccess: () => {
      close();
      showSuccess(texts.done(apiKey.name));
    },
  });
  return (
    <FormDialog
      title={texts.title(apiKey.name)}
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
