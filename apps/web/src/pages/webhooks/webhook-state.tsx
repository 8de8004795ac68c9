import table from '../../components/table.module.css';
import { ago, moment } from '../../texts/format.ts';
import { webhooksTexts } from '../../texts/webhooks.ts';
import type { Webhook } from './queries.ts';

const texts = webhooksTexts.states;

/** Whether events are sent, in words and by a colour. */
export function WebhookState({
  webhook: { enabled, disabledReason, failingSince, nextAttemptAt },
}: {
  webhook: Webhook;
}) {
  if (disabledReason) return <span className={table.bad}>{disabledReason === 'gone' ? texts.gone : texts.failed}</span>;
  if (!enabled) return <span className={table.quiet}>{texts.off}</span>;
  if (failingSince)
    return <span className={table.warn}>{texts.failing(moment(failingSince), ago(nextAttemptAt ?? Date.now()))}</span>;
  return <span className={table.good}>{texts.enabled}</span>;
}
