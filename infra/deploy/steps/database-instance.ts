import type { Environment } from '../../environments/environment.ts';
import { chooseDatabaseInstance } from '../../preflight/database-instance.ts';
import { readCluster } from '../../preflight/read/cluster.ts';
import { readVpc } from '../../preflight/read/network.ts';
import type { Deployment } from '../deployment.ts';
import type { Step } from './step.ts';

/** A Docker volume exists on one instance only, so the database's task is bound to it from the first deployment on. */
export const databaseInstance: Step = {
  title: 'Instance of the database',
  skip: ({ environment }) => whyNotChosen(environment),
  run: async (deployment) => (await findDatabaseInstance(deployment)) ?? 'none is registered',
};

/** Also for a plan, which would otherwise show the binding as a change. */
export async function findDatabaseInstance(deployment: Deployment): Promise<string | undefined> {
  const { aws, environment } = deployment;
  const { network } = environment;
  if (whyNotChosen(environment)) return undefined;
  const cluster = await readCluster(aws, environment);
  const vpc = network.from === 'existing' ? await readVpc(aws, network) : undefined;
  const chosen =
    cluster &&
    chooseDatabaseInstance(
      cluster,
      vpc?.subnets.map(({ zone }) => zone),
    );
  deployment.databaseInstance = chosen?.id;
  return chosen && `${chosen.id} in ${chosen.zone}`;
}

function whyNotChosen({ cluster, database }: Environment): string | undefined {
  if (database.from !== 'container') return 'the database is no container';
  if (cluster.from === 'create') return 'its instances do not exist yet';
  return database.instanceId && `DATABASE_INSTANCE_ID is ${database.instanceId}`;
}
