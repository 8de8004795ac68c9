import type { Cluster } from '../cluster/cluster.ts';

type LaunchConfiguration =
  { launchType: 'EC2' } | { capacityProviderStrategy: { capacityProvider: string; weight: number; base: number }[] };

/** Where tasks run: always said, since a service without it is replaced when the cluster's default changes. */
export const launchConfiguration = ({ capacityProvider }: Pick<Cluster, 'capacityProvider'>): LaunchConfiguration =>
  capacityProvider === undefined
    ? { launchType: 'EC2' }
    : { capacityProviderStrategy: [{ capacityProvider, weight: 1, base: 0 }] };
