import { FilterLogEventsCommand, type FilteredLogEvent, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type Aws, isAwsError } from './clients.ts';

/** @returns the last lines that a task's container wrote; none where it never started */
export async function lastLines({ logs }: Aws, group: string, container: string, taskArn: string, limit = 20) {
  // The awslogs driver's naming; both our prefixes are the container's name.
  const logStreamName = `${container}/${container}/${taskArn.split('/').at(-1)}`;
  try {
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName, limit }));
    return (events ?? []).map(({ message }) => message ?? '');
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return [];
    throw error;
  }
}

/** @returns everything that was logged in a group since a time (ms since 1970), the oldest first */
export async function linesSince({ logs }: Aws, logGroupName: string, startTime: number): Promise<FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
    found.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}
