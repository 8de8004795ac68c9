import { createServiceLinkedRole, enableTrunking, identify } from '../aws/account.ts';
import { createStateBucket } from '../aws/state-bucket.ts';
import type { Step } from './step.ts';

/** Before anything is changed: who are we, and is this the account that is meant? */
export const account: Step = {
  title: 'Account',
  run: async ({ aws, environment, variables }) => {
    const { account, arn } = await identify(aws, variables.AWS_ACCOUNT_ID);
    return `${account}, ${environment.region}, as ${arn}`;
  },
};

export const serviceLinkedRole: Step = {
  title: 'ECS’s service-linked role',
  skip: ({ environment }) =>
    environment.cluster.from === 'existing' ? 'the cluster is there, and so is it' : undefined,
  run: ({ aws }) => createServiceLinkedRole(aws),
};

/** Instances take it up when they register, so it is set before the first one starts. */
export const trunking: Step = {
  title: 'Network interfaces for more tasks',
  skip: ({ environment: { cluster } }) =>
    cluster.from === 'create' && cluster.eniTrunking ? undefined : 'eniTrunking is off',
  run: ({ aws }) => enableTrunking(aws),
};

export const stateBucket: Step = {
  title: 'Bucket for Terraform’s state',
  skip: ({ environment }) => (environment.stateBucket ? undefined : 'its state is a file in this folder'),
  run: ({ aws, environment }) => createStateBucket(aws, environment.region, environment.stateBucket!),
};
