import { api, ifMatch, responseData } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { showSuccess } from '../../components/toast.ts';
import { webhooksTexts as texts } from '../../texts/webhooks.ts';
import type { Webhook } from './queries.ts';
import { WebhookDialog, type WebhookValues } from './webhook-dialog.tsx';

export function EditWebhook({ webhook, close }: { webhook: Webhook; close: () => void }) {
  const { mutate, isPending, error } = useWrite({
    write: (body: WebhookValues) =>
      responseData(
        api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id: webhook.id }, header: ifMatch(webhook) }, body }),
      ),
    invalidates: [['webhooks']],
    onSuccess: () => {
      close();
      showSuccess(texts.saved);
    },
  });
  return (
    <WebhookDialog
      title={texts.edit.title}
      submit={texts.save}
      webhook={webhook}
      close={close}
      send={mutate}
      isPending={isPending}
      error={error}
    />
  );
}
