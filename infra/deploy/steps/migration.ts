import { logGroupName } from '../../environments/names.ts';
import { launchConfiguration } from '../../blocks/service/launch-configuration.ts';
import { runMigration } from '../aws/migration.ts';
import type { Step } from './step.ts';

/** Before the services change: the old ones go on with the new schema, the new ones never see the old one. */
export const migration: Step = {
  title: 'Migration',
  run: async ({ aws, environment, platform }, onProgress) => {
    const { cluster, migration_task: taskDefinition, capacity_provider, api_security_group, task_subnets } = platform;
    const network = task_subnets && {
      awsvpcConfiguration: { subnets: task_subnets.split(','), securityGroups: [api_security_group!] },
    };
    let last = '';
    await runMigration(
      aws,
      {
        cluster: cluster!,
        taskDefinition,
        ...launchConfiguration({ capacityProvider: capacity_provider }),
        ...(network && { networkConfiguration: network }),
      },
      logGroupName(environment, 'api'),
      (line) => onProgress((last = line)),
    );
    return last;
  },
};
