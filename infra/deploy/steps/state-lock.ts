import { readStateLocks } from '../aws/state-locks.ts';
import type { Deployment } from '../deployment.ts';

/** Adds to Terraform's error who holds the lock, and what to do. */
export async function explainStateLock<T>({ aws, environment }: Deployment, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error as Error).message.includes('Error acquiring the state lock')) throw error;
    const held = (await readStateLocks(aws, environment)).map(
      ({ stack, who, operation, since }) => `  ${stack}: ${who}, ${operation}, since ${since}`,
    );
    const advice =
      held.length > 0
        ? `Wait until that command has ended. If it was killed, npm run unlock -- ${environment.name} removes its lock.`
        : 'The state is a file here, which another running command has locked: wait until it has ended.';
    throw new Error(['Terraform’s state is locked.', ...held, advice].join('\n'), { cause: error });
  }
}
