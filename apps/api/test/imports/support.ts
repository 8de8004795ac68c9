import type { Client, TestResponse } from '../../../../test/support/client.ts';
import { until } from '../../../../test/support/until.ts';

export const postCsv = (
  client: Client,
  csv: string | Uint8Array,
  query = '',
  headers: Record<string, string> = {},
): Promise<TestResponse> => client.post(`/imports${query}`, csv, { 'content-type': 'text/csv', ...headers });

/** The import as it is once it has ended. */
export const ended = (client: Client, id: string): Promise<TestResponse> =>
  until(
    `import ${id} has ended`,
    async () => {
      const reply = await client.get(`/imports/${id}`);
      return (reply.status !== 200 || ['done', 'failed', 'cancelled', 'undone'].includes(reply.body.state)) && reply;
    },
    180_000,
  );

/** Sends a file and waits until it is done. */
export async function load(client: Client, csv: string | Uint8Array, query = ''): Promise<TestResponse['body']> {
  const { status, body } = await postCsv(client, csv, query);
  if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return (await ended(client, body.id)).body;
}

/** The lines of an import's error report, its header aside. */
export async function errorsOf(client: Client, id: string): Promise<string[]> {
  const { body } = await client.get(`/imports/${id}/errors`);
  return (body as string).trimEnd().split('\n').slice(1);
}

export const csvOf = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');
