import { startApi, type TestApi } from '../../../../test/support/api.ts';

/** Two tasks on one database, which the first one drops when it closes. */
export async function startTwoTasks(): Promise<[TestApi, TestApi]> {
  const first = await startApi();
  return [first, await startApi({ options: first.options, drop: () => Promise.resolve() })];
}
