import type { Construct } from 'constructs';
import type { Environment } from '../../environments/environment.ts';
import { createNetwork } from './create-network.ts';
import { lookUpNetwork } from './look-up-network.ts';
import type { Network } from './network.ts';

export function createOrLookUpNetwork(scope: Construct, environment: Environment): Network {
  const settings = environment.network;
  return settings.from === 'create' ? createNetwork(scope, environment, settings) : lookUpNetwork(scope, settings);
}
