import { logGroupName } from '../../environments/names.ts';
import { capacityOf } from '../../blocks/service/placement.ts';
import { migrate } from '../aws/migration.ts';
import type { Step } from './step.ts';

/** Before the services change: the old ones go on with the new schema, the new ones never see the old one. */
export const migration: Step = {
  title: 'Migration',
  run: async ({ aws, environment, platform }, say) => {
    const { cluster, migration_task: taskDefinition, capacity_provider, api_security_group, task_subnets } = platform;
    const network = task_subnets && {
      awsvpcConfiguration: { subnets: task_subnets.split(','), securityGroups: [api_security_group!] },
    };
    let last = '';
    await migrate(
      aws,
      {
        cluster: cluster!,
        taskDefinition,
        ...capacityOf({ capacityProvider: capacity_provider }),
        ...(network && { networkConfiguration: network }),
      },
      logGroupName(environment, 'api'),
      (line) => say((last = line)),
    );
    return last;
  },
};
