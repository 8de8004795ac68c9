import type { Handler } from '../control-plane/proxy.ts';
import type { LoadBalancers, Target } from './load-balancers.ts';

/** The emulator knows no targets: tasks register here. */
export const targetHealthHandlers = (loadBalancers: LoadBalancers): Record<string, Handler> => ({
  'elasticloadbalancing.DescribeTargetHealth': ({ input }) => {
    const members = loadBalancers.targets.filter(({ group }) => group.arn === input.TargetGroupArn).map(described);
    const body = `<DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetHealthResult><TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`;
    return Promise.resolve({ status: 200, body, contentType: 'text/xml' });
  },
});

function described({ task, health, isDraining }: Target): string {
  const { networkMode } = task.taskDefinition;
  const id = networkMode === 'awsvpc' ? task.target!.address : task.instance.ec2InstanceId;
  const { state, reason } = isDraining ? { state: 'draining', reason: 'Target.DeregistrationInProgress' } : health;
  const why = reason === undefined ? '' : `<Reason>${reason}</Reason>`;
  return `<member><Target><Id>${id}</Id><Port>${task.target!.port}</Port></Target><TargetHealth><State>${state}</State>${why}</TargetHealth></member>`;
}
