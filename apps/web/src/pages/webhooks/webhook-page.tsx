import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ifMatch, responseData } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { BreadcrumbHeading } from '../../components/breadcrumb-heading.tsx';
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx';
import { Page } from '../../components/page.tsx';
import { LoadError, Loading } from '../../components/state.tsx';
import { showError, showSuccess } from '../../components/toast.ts';
import { webhooksTexts as texts } from '../../texts/webhooks.ts';
import { DeliveryLog } from './delivery-log.tsx';
import { EditWebhook } from './edit-webhook.tsx';
import { nameOf, type Webhook, webhookQuery } from './queries.ts';
import { RotateSecret } from './rotate-secret.tsx';
import { WebhookState } from './webhook-state.tsx';
import { typesText } from './webhook-types.ts';
import classes from './webhooks.module.css';

const route = getRouteApi('/authenticated/webhooks/$webhookId');

export function WebhookPage() {
  const { webhookId } = route.useParams();
  const { data: webhook, error, refetch } = useQuery(webhookQuery(webhookId));
  if (!webhook)
    return (
      <Page title={texts.one}>{error ? <LoadError error={error} retry={() => void refetch()} /> : <Loading />}</Page>
    );
  const name = nameOf(webhook);
  return (
    <Page
      title={name}
      heading={<BreadcrumbHeading parent={{ to: '/webhooks', title: texts.title }} title={name} />}
      actions={<Actions webhook={webhook} />}
    >
      <div className={classes.content}>
        <dl className={classes.facts}>
          <dt>{texts.state}</dt>
          <dd>
            <WebhookState webhook={webhook} />
          </dd>
          <dt>{texts.url}</dt>
          <dd className={classes.url}>{webhook.url}</dd>
          <dt>{texts.types}</dt>
          <dd>{typesText(webhook)}</dd>
          <dt>{texts.delivered}</dt>
          <dd>{webhook.deliveredUpTo}</dd>
        </dl>
        <DeliveryLog webhookId={webhook.id} />
      </div>
    </Page>
  );
}

function Actions({ webhook }: { webhook: Webhook }) {
  const [open, setOpen] = useState<'edit' | 'rotation' | 'removal'>();
  const close = () => setOpen(undefined);
  const test = useWrite<void, unknown>({
    write: (_, header) =>
      responseData(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id: webhook.id }, header } })),
    invalidates: [['webhooks', webhook.id, 'deliveries']],
    onSuccess: () => showSuccess(texts.test.done),
    onError: showError,
  });
  return (
    <>
      <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {texts.test.button}
      </Button>
      {(['edit', 'rotation', 'removal'] as const).map((action) => (
        <Button key={action} size="xs" variant="default" onClick={() => setOpen(action)}>
          {texts[action].button}
        </Button>
      ))}
      {open === 'edit' && <EditWebhook webhook={webhook} close={close} />}
      {open === 'rotation' && <RotateSecret webhook={webhook} close={close} />}
      {open === 'removal' && <RemoveWebhook webhook={webhook} close={close} />}
    </>
  );
}

function RemoveWebhook({ webhook, close }: { webhook: Webhook; close: () => void }) {
  const navigate = useNavigate();
  const remove = async () => {
    const params = { path: { id: webhook.id }, header: ifMatch(webhook) };
    await responseData(api.DELETE('/api/v1/webhooks/{id}', { params }));
    await navigate({ to: '/webhooks' });
  };
  return (
    <ConfirmDialog
      name={nameOf(webhook)}
      texts={texts.removal}
      close={close}
      write={remove}
      invalidates={[['webhooks']]}
    />
  );
}
