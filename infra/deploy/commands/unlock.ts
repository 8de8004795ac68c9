import { readStateLocks, removeStateLock } from '../aws/state-locks.ts';
import type { Deployment } from '../deployment.ts';
import { confirm } from '../local/confirm.ts';

/** `npm run unlock -- <environment>`: removes the locks that a killed command has left in the state's bucket. */
export async function unlock({ aws, environment }: Deployment): Promise<void> {
  const { name, stateBucket } = environment;
  if (!stateBucket)
    throw new Error('The state is a file in this folder: its lock ends with the command that holds it.');
  const locks = await readStateLocks(aws, environment);
  if (locks.length === 0) return void process.stdout.write(`No state of ${name} is locked.\n`);
  for (const { stack, who, operation, since } of locks)
    process.stdout.write(`${stack} is locked by ${who} (${operation}) since ${since}.\n`);
  await confirm(
    'A command that still runs would write over another’s state. Type the name of the environment to unlock it: ',
    name,
    'nothing was unlocked',
  );
  for (const lock of locks) await removeStateLock(aws, environment, lock);
  process.stdout.write(`${locks.map(({ stack }) => stack).join(', ')} unlocked.\n`);
}
