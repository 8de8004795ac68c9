import type { EcsServiceConfig } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import type { Cluster } from '../cluster/cluster.ts';

/** Where tasks run: always said, since a service without it is replaced when the cluster's default changes. */
export const capacityOf = ({
  capacityProvider,
}: Pick<Cluster, 'capacityProvider'>): Pick<EcsServiceConfig, 'capacityProviderStrategy' | 'launchType'> =>
  capacityProvider === undefined
    ? { launchType: 'EC2' }
    : { capacityProviderStrategy: [{ capacityProvider, weight: 1, base: 0 }] };
