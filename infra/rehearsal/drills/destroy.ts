import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDS } from '@aws-sdk/client-rds';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { accountResources } from '../../test/support/emulator/inspect.ts';
import type { DeployCommand } from '../host/deploy-command.ts';
import { isAlive } from '../scheduler/model.ts';
import type { Drill, DrillContext, DrillResult } from './support.ts';

/** Nothing runs any more, and the account holds what it held before the deployment. */
export const destroy: Drill = (context) => destroyed(context, []);

/**
 * Deletion protection is on for each load balancer and database that Stockroom created: `destroy` names them all and
 * deletes nothing; with `--unprotect` it takes the protections off, and leaves nothing.
 */
export const protection: Drill = async (context) => {
  const { rehearsal, command, environment } = context;
  const subjects = await protect(`stockroom-${environment}`);
  if (subjects.length === 0) return { met: false, evidence: 'the environment has created nothing that AWS protects' };
  const before = rehearsal.scheduler.tasks.filter(isAlive);
  const { code, output } = await command.run('destroy', [environment], { input: `${environment}\n` });
  const unnamed = subjects.filter((subject) => !output.includes(subject));
  const kept = before.filter(isAlive).length;
  const isRefused = code === 1 && unnamed.length === 0 && kept === before.length;
  const removed = await destroyed(context, ['--unprotect']);
  return {
    met: isRefused && removed.met,
    evidence: [
      `exit ${code}, ${kept} of ${before.length} tasks run on, named: ${subjects.join(', ')}${isRefused ? '' : `\n${output}`}`,
      `with --unprotect: ${removed.evidence}`,
    ].join('; '),
  };
};

async function destroyed(context: DrillContext, options: string[]): Promise<DrillResult> {
  const { rehearsal, command, environment, heldBefore } = context;
  const { code, output } = await command.run('destroy', [environment, ...options], { input: `${environment}\n` });
  const tasks = rehearsal.scheduler.tasks.filter(isAlive).length;
  const holds = await accountResources();
  const others = Object.keys(holds).filter((kind) => holds[kind]!.join() !== heldBefore[kind]!.join());
  const inState = await resourcesInState(command);
  return {
    met: code === 0 && tasks === 0 && others.length === 0 && inState === 0,
    evidence: `exit ${code}, ${tasks} tasks and ${inState} resources in Terraform's state left, the account holds ${others.length === 0 ? 'what it held before' : `other ${others.join(', ')}`}${code === 0 ? '' : `\n${output}`}`,
  };
}

/** Of every stack, wherever its state is kept. */
async function resourcesInState(command: DeployCommand): Promise<number> {
  const stacks = join(command.folder, 'cdktf.out/stacks');
  const list = (stack: string) => command.spawn(['terraform', `-chdir=${join(stacks, stack)}`, 'state', 'list']);
  const lists = await Promise.all(readdirSync(stacks).map(list));
  return lists.flatMap(({ output }) => output.split('\n').filter(Boolean)).length;
}

/** @returns what is protected now, as `destroy` names it */
async function protect(prefix: string): Promise<string[]> {
  const [elb, rds] = [new ElasticLoadBalancingV2({}), new RDS({})];
  const { LoadBalancers = [] } = await elb.describeLoadBalancers({});
  const own = LoadBalancers.filter(({ LoadBalancerName }) => LoadBalancerName!.startsWith(prefix));
  const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'true' }];
  for (const { LoadBalancerArn } of own) await elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
  const { DBInstances = [] } = await rds.describeDBInstances({});
  for (const { DBInstanceIdentifier } of DBInstances)
    await rds.modifyDBInstance({ DBInstanceIdentifier, DeletionProtection: true });
  return [
    ...own.map(({ LoadBalancerName }) => `load balancer ${LoadBalancerName}`),
    ...DBInstances.map(({ DBInstanceIdentifier }) => `database ${DBInstanceIdentifier}`),
  ].map((subject) => `${subject}: deletion protection`);
}
