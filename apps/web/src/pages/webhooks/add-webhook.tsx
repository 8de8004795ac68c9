import { useState } from 'react';
import { api, responseData, type Schema } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { SecretDialog } from '../../components/dialog/secret-dialog.tsx';
import { webhooksTexts as texts } from '../../texts/webhooks.ts';
import { WebhookDialog } from './webhook-dialog.tsx';

export function AddWebhook({ close }: { close: () => void }) {
  const [made, setMade] = useState<Schema['NewWebhook']>();
  const { mutate, isPending, error } = useWrite({
    write: (body: Schema['CreateWebhook'], header) =>
      responseData(api.POST('/api/v1/webhooks', { params: { header }, body })),
    invalidates: [['webhooks']],
    onSuccess: setMade,
  });
  if (made) return <SecretDialog {...texts.secret} secret={made.secret} close={close} />;
  return (
    <WebhookDialog
      title={texts.add}
      submit={texts.submit}
      close={close}
      send={mutate}
      isPending={isPending}
      error={error}
    />
  );
}
