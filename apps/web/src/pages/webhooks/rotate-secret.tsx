import { useState } from 'react';
import { api, responseData } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { FormDialog } from '../../components/dialog/form-dialog.tsx';
import { SecretDialog } from '../../components/dialog/secret-dialog.tsx';
import { webhooksTexts } from '../../texts/webhooks.ts';
import type { Webhook } from './queries.ts';

const texts = webhooksTexts.rotation;

export function RotateSecret({ webhook: { id }, close }: { webhook: Webhook; close: () => void }) {
  const [secret, setSecret] = useState<string>();
  const { mutate, isPending, error } = useWrite<void, { secret: string }>({
    write: (_, header) => responseData(api.POST('/api/v1/webhooks/{id}/secret', { params: { path: { id }, header } })),
    invalidates: [['webhooks']],
    onSuccess: (made) => setSecret(made.secret),
  });
  if (secret) return <SecretDialog {...webhooksTexts.secret} secret={secret} close={close} />;
  return (
    <FormDialog
      title={texts.title}
      close={close}
      submit={texts.submit}
      onSubmit={() => mutate()}
      isPending={isPending}
      error={error}
    >
      <p>{texts.text}</p>
    </FormDialog>
  );
}
