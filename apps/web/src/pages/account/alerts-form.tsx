import { Checkbox } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, responseData, type Schema } from '../../api/client.ts';
import { useWrite } from '../../api/use-write.ts';
import { showError, showSuccess } from '../../components/toast.ts';
import { useMay } from '../../session/session.ts';
import { accountTexts } from '../../texts/account.ts';
import classes from './account-page.module.css';

const texts = accountTexts.alerts;

type Kind = Schema['Account']['alerts'][number];
const KINDS = Object.keys(texts.kinds) as Kind[];

const accountQuery = queryOptions({
  queryKey: ['account', 'own'],
  queryFn: ({ signal }) => responseData(api.GET('/api/v1/account', { signal })),
});

/** Saved with each click. */
export function AlertsForm() {
  const { data } = useQuery(accountQuery);
  const isAdmin = useMay('admin');
  const { mutate, isPending } = useWrite({
    write: (alerts: Kind[]) => responseData(api.PATCH('/api/v1/account', { body: { alerts } })),
    invalidates: [['account'], ['session']],
    onSuccess: () => showSuccess(texts.done),
    onError: showError,
  });
  if (!data) return null;
  if (!data.sendsMail) return <p className={classes.quiet}>{texts.none}</p>;
  const { alerts } = data;
  return (
    <>
      <p className={classes.quiet}>{texts.text}</p>
      <div className={classes.choices}>
        {KINDS.filter((kind) => isAdmin || kind !== 'webhook-disabled').map((kind) => (
          <Checkbox
            key={kind}
            size="md"
            label={texts.kinds[kind]}
            checked={alerts.includes(kind)}
            disabled={isPending}
            onChange={({ currentTarget: { checked } }) =>
              mutate(checked ? [...alerts, kind] : alerts.filter((other) => other !== kind))
            }
          />
        ))}
      </div>
    </>
  );
}
