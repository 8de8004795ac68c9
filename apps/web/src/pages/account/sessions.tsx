import { Button } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { api, responseData, type Schema } from '../../api/client.ts';
import { POLL_MS } from '../../api/live/live-updates.ts';
import { useWrite } from '../../api/use-write.ts';
import { LoadedList } from '../../components/loaded-list.tsx';
import table from '../../components/table.module.css';
import { showError, showSuccess } from '../../components/toast.ts';
import { ago, moment } from '../../texts/format.ts';
import { accountTexts } from '../../texts/account.ts';
import classes from './account-page.module.css';

const texts = accountTexts.sessions;
const PAGE = 20;

type Session = Schema['AccountSession'];

const sessionsQuery = infiniteQueryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: PAGE, ...(pageParam && { cursor: pageParam }) };
    return responseData(api.GET('/api/v1/account/sessions', { params: { query }, signal }));
  },
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  refetchInterval: POLL_MS,
});

export function Sessions() {
  const query = useInfiniteQuery(sessionsQuery);
  return (
    <>
      <p className={classes.quiet}>{texts.text}</p>
      <LoadedList query={query} more={texts.more}>
        {(sessions) => <SessionTable sessions={sessions} />}
      </LoadedList>
    </>
  );
}

function SessionTable({ sessions }: { sessions: Session[] }) {
  const end = useWrite({
    write: (id: string) => responseData(api.DELETE('/api/v1/account/sessions/{id}', { params: { path: { id } } })),
    invalidates: [['account']],
    onSuccess: () => showSuccess(texts.done),
    onError: showError,
  });
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>{texts.began}</th>
          <th>{texts.used}</th>
          <th className={table.end}>{texts.actions}</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, createdAt, lastUsedAt, isCurrent }) => (
          <tr key={id}>
            <th scope="row">{moment(createdAt)}</th>
            <td>{isCurrent ? texts.current : ago(lastUsedAt)}</td>
            <td className={table.end}>
              {!isCurrent && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.endOf(moment(createdAt))}
                  onClick={() => end.mutate(id)}
                >
                  {texts.end}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
