import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, responseData } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import { Section } from '../../components/section.tsx';
import table from '../../components/table.module.css';
import { showError, showSuccess } from '../../components/toast.ts';
import { moment, number } from '../../texts/format.ts';
import { webhooksTexts } from '../../texts/webhooks.ts';
import { deliveriesQuery, type Delivery } from './queries.ts';
import classes from './webhooks.module.css';

const texts = webhooksTexts.log;

export function DeliveryLog({ webhookId }: { webhookId: string }) {
  const query = useInfiniteQuery(deliveriesQuery(webhookId));
  const redeliver = useWrite({
    write: (deliveryId: string, header) =>
      responseData(
        api.POST('/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', {
          params: { path: { id: webhookId, deliveryId }, header },
        }),
      ),
    invalidates: [['webhooks', webhookId, 'deliveries']],
    onSuccess: () => showSuccess(texts.redelivered),
    onError: showError,
  });
  return (
    <Section title={texts.title}>
      <LoadedList query={query} more={webhooksTexts.more}>
        {(deliveries) => <DeliveryTable deliveries={deliveries} redeliver={redeliver.mutate} />}
      </LoadedList>
    </Section>
  );
}

function DeliveryTable({ deliveries, redeliver }: { deliveries: Delivery[]; redeliver: (id: string) => void }) {
  if (deliveries.length === 0) return <p className={classes.quiet}>{texts.none}</p>;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{texts.time}</th>
          <th className={classes.wide}>{texts.event}</th>
          <th>{texts.result}</th>
          <th className={`${table.number} ${classes.wide}`}>{texts.attempt}</th>
          <th className={`${table.number} ${classes.wide}`}>{texts.duration}</th>
          <th className={table.end}>{webhooksTexts.actions}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row">{moment(delivery.createdAt)}</th>
            <td className={classes.wide}>
              {delivery.eventType} <span className={table.quiet}>{texts.triggers[delivery.trigger]}</span>
            </td>
            <td>
              <Result delivery={delivery} />
            </td>
            <td className={`${table.number} ${classes.wide}`}>{number(delivery.attempt)}</td>
            <td className={`${table.number} ${classes.wide}`}>
              {delivery.durationMs !== null && texts.milliseconds(number(delivery.durationMs))}
            </td>
            <td className={table.end}>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={texts.redeliverOf(`${delivery.eventType} ${delivery.eventId}`)}
                onClick={() => redeliver(delivery.id)}
              >
                {texts.redeliver}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Result({ delivery: { state, status, reason } }: { delivery: Delivery }) {
  switch (state) {
    case 'queued':
      return <span className={table.quiet}>{texts.queued}</span>;
    case 'delivered':
      return <span className={table.good}>{texts.deliveredWith(status!)}</span>;
    case 'failed':
      return <span className={table.bad}>{reason}</span>;
  }
}
