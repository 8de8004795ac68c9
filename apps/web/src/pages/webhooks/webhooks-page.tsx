import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AddButton } from '../../components/add-button.tsx';
import { LoadedList } from '../../components/loaded-list.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { Forbidden } from '../../components/state.tsx';
import table from '../../components/table.module.css';
import { useMay, useUser } from '../../session/session.ts';
import { shell } from '../../texts/shell.ts';
import { webhooksTexts as texts } from '../../texts/webhooks.ts';
import { AddWebhook } from './add-webhook.tsx';
import { nameOf, type Webhook, webhooksQuery } from './queries.ts';
import { WebhookState } from './webhook-state.tsx';
import { typesText } from './webhook-types.ts';
import classes from './webhooks.module.css';

export function WebhooksPage() {
  const isAdmin = useMay('admin');
  const { role } = useUser();
  return (
    <Page title={texts.title}>
      {isAdmin ? <Webhooks /> : <Forbidden text={shell.forbidden.text(shell.roles[role])} />}
    </Page>
  );
}

function Webhooks() {
  const query = useInfiniteQuery(webhooksQuery);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <div className={classes.content}>
      <Section
        title={texts.title}
        text={texts.text}
        action={<AddButton size="xs" label={texts.add} shortcut={texts.add} onClick={() => setIsAdding(true)} />}
      >
        <LoadedList query={query} more={texts.more}>
          {(webhooks) => <WebhookTable webhooks={webhooks} />}
        </LoadedList>
      </Section>
      {isAdding && <AddWebhook close={() => setIsAdding(false)} />}
    </div>
  );
}

function WebhookTable({ webhooks }: { webhooks: Webhook[] }) {
  if (webhooks.length === 0) return <p className={classes.quiet}>{texts.none}</p>;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{texts.description}</th>
          <th className={classes.wide}>{texts.url}</th>
          <th className={classes.wide}>{texts.types}</th>
          <th>{texts.state}</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.id}>
            <th scope="row">
              <Link to="/webhooks/$webhookId" params={{ webhookId: webhook.id }} className={classes.link}>
                {nameOf(webhook)}
              </Link>
            </th>
            <td className={`${classes.url} ${classes.wide}`}>{webhook.url}</td>
            <td className={classes.wide}>{typesText(webhook)}</td>
            <td>
              <WebhookState webhook={webhook} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
