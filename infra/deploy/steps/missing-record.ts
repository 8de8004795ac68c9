import type { Environment } from '../../environments/environment.ts';
import type { Outputs } from '../local/cdktf.ts';

/**
 * The DNS record that a person creates for the domain; undefined where Stockroom creates it, or where there is no domain.
 * @param platform the outputs of the platform's stack
 */
export function missingRecord({ loadBalancer }: Environment, { load_balancer }: Outputs): string | undefined {
  if (loadBalancer.from === 'existing' || loadBalancer.dns !== 'elsewhere' || !loadBalancer.domainName)
    return undefined;
  return `CNAME ${loadBalancer.domainName} → ${load_balancer}`;
}
