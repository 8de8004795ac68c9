import type { Environment } from '../../environments/environment.ts';
import { needsDnsStack } from '../../environments/settings/load-balancer.ts';
import type { Deployment } from '../deployment.ts';
import { Cdktf } from '../local/cdktf.ts';
import type { OnProgress } from './step.ts';

export type StackName = 'registry' | 'dns' | 'platform' | 'services' | 'pipeline';

/** In the order in which they are deployed. */
export const stacksOf = ({ registry, loadBalancer, pipeline }: Environment): StackName[] => [
  ...(registry.from === 'create' ? (['registry'] as const) : []),
  ...(loadBalancer.from === 'create' && needsDnsStack(loadBalancer) ? (['dns'] as const) : []),
  'platform',
  'services',
  ...(pipeline ? (['pipeline'] as const) : []),
];

export const stackId = ({ prefix }: Environment, stack: StackName): string => `${prefix}-${stack}`;

/** Of what Terraform prints, the lines that say how far it is. */
const isProgressLine = (line: string): boolean =>
  /^(Plan:|Apply complete|Destroy complete|No changes)|: (Still|Creating|Modifying|Destroying)|(Creation|Modifications|Destruction) complete/.test(
    line,
  );

/** cdktf for this environment and its images. It need not wait for ECS: we do, and can say more. */
export function cdktf(
  { environment, images, databaseInstance, log }: Deployment,
  onProgress: OnProgress,
  isShown = isProgressLine,
): Cdktf {
  // CI: no spinners, which would fill the log.
  const variables: Record<string, string> = {
    ENVIRONMENT: environment.name,
    WAIT_FOR_STEADY_STATE: 'false',
    CI: 'true',
  };
  if (images.api) variables.API_IMAGE = images.api;
  if (images.gateway) variables.GATEWAY_IMAGE = images.gateway;
  if (databaseInstance) variables.DATABASE_INSTANCE_ID = databaseInstance;
  return new Cdktf({
    variables,
    onLine: (line) => {
      log.write(`${line}\n`);
      // Without the stack's name, which each line may begin with.
      const said = line.replace(new RegExp(`^(${environment.prefix}-\\w+)? *`), '');
      if (isShown(said)) onProgress(said);
    },
  });
}
