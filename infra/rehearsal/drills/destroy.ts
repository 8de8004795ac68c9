import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isAlive } from '../scheduler/model.ts';
import type { Drill } from './support.ts';

/** Nothing runs any more, and the account holds no service. */
export const destroy: Drill = async ({ rehearsal, command, environment }) => {
  const { code, output } = await command.run('destroy', [environment], { input: `${environment}\n` });
  const tasks = rehearsal.scheduler.tasks.filter(isAlive).length;
  const services = [...rehearsal.scheduler.services.values()].filter(({ status }) => status === 'ACTIVE').length;
  return {
    met: code === 0 && tasks === 0 && services === 0,
    evidence: `exit ${code}, ${tasks} tasks and ${services} services left${code === 0 ? '' : `\n${output}`}`,
  };
};

/** With deletion protection on a load balancer that Stockroom created, `destroy` is refused before anything is deleted. */
export const protection: Drill = async ({ rehearsal, command, environment }) => {
  const elb = new ElasticLoadBalancingV2Client(rehearsal.client);
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const created = LoadBalancers.filter(({ LoadBalancerName }) => LoadBalancerName === `stockroom-${environment}`);
  if (created.length === 0) return { met: true, evidence: 'the load balancer is not ours to delete' };
  const protect = (Value: string) =>
    elb.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: created[0]!.LoadBalancerArn,
        Attributes: [{ Key: 'deletion_protection.enabled', Value }],
      }),
    );
  const before = rehearsal.scheduler.tasks.filter(isAlive).length;
  await protect('true');
  const { code, output } = await command.run('destroy', [environment], { input: `${environment}\n` });
  await protect('false');
  const after = rehearsal.scheduler.tasks.filter(isAlive).length;
  return {
    met: code === 1 && after === before && /protect/i.test(output),
    evidence: `exit ${code}, ${after} of ${before} tasks run on: ${output.trim().split('\n').at(-1)}`,
  };
};
