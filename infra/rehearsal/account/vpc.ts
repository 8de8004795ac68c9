import type { Instance, IpPermission } from '@aws-sdk/client-ec2';
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Frontend } from '../load-balancer/haproxy-config.ts';
import { TASK_ADDRESSES } from '../host/network.ts';
import type { Task } from '../scheduler/model.ts';
import type { Clients } from './clients.ts';
import { admits, contains, type Source, sourceSeenBy } from './security-groups.ts';

/** An address outside: a client of the public load balancer. */
const CLIENT: Source = { address: '203.0.113.7', groups: [] };

/** Who may reach whom in the account's network, as its security groups say at the last `read`. */
export class Vpc {
  /** Without them private zones are not resolved (Route 53 developer guide). */
  hasDnsHostnames = true;
  private permissions = new Map<string, IpPermission[]>();
  private instances: Instance[] = [];
  private natAddress: string | undefined;

  /** @param vpcId default: the newest instance's */
  async read({ ec2 }: Pick<Clients, 'ec2'>, vpcId?: string): Promise<void> {
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
    this.permissions = new Map(SecurityGroups.map(({ GroupId, IpPermissions = [] }) => [GroupId!, IpPermissions]));
    const { Reservations = [] } = await ec2.describeInstances({});
    this.instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    const { NatGateways = [] } = await ec2.describeNatGateways({});
    this.natAddress = NatGateways[0]?.NatGatewayAddresses?.[0]?.PublicIp;
    const VpcId = vpcId ?? this.instances.findLast(({ State }) => State?.Name === 'running')?.VpcId;
    if (!VpcId) return;
    const { EnableDnsHostnames } = await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' });
    this.hasDnsHostnames = EnableDnsHostnames?.Value === true;
  }

  /** Whose connections a listener gets. */
  admittedBy({ Scheme, SecurityGroups = [] }: LoadBalancer, port: number, tasks: Task[]): Frontend['admits'] {
    const permissions = this.permissionsOf(SecurityGroups);
    return {
      tasks: this.isAdmitted(permissions, port, Scheme, tasks),
      clients: Scheme !== 'internal' && admits(permissions, port, CLIENT),
    };
  }

  /** Whether tasks of the cluster reach a database with these groups. */
  admittedToDatabase(groups: string[], port: number, tasks: Task[]): boolean {
    return this.isAdmitted(this.permissionsOf(groups), port, 'internal', tasks);
  }

  /** Ranges of a listener's condition; with the tasks' own addresses where the real ones of the tasks are in them. */
  asSeenHere({ Scheme }: LoadBalancer, ranges: string[], tasks: Task[]): string[] {
    const isInside = this.sourcesOf(tasks, Scheme).some(({ address }) => ranges.some((it) => contains(it, address)));
    return isInside ? [...ranges, TASK_ADDRESSES] : ranges;
  }

  /** Whether a load balancer's connection reaches a task. */
  reaches({ SecurityGroups: groups = [] }: LoadBalancer, task: Task): boolean {
    // Load balancers have addresses of the VPC's subnets, as the instances have.
    const address = this.instanceOf(task)?.PrivateIpAddress ?? '';
    return admits(this.permissionsOf(this.groupsOf(task)), task.target!.port, { address, groups });
  }

  /** One task that is let in is enough: each listener and database here has one kind of caller. */
  private isAdmitted(permissions: IpPermission[], port: number, scheme: string | undefined, tasks: Task[]): boolean {
    const sources = this.sourcesOf(tasks, scheme);
    return tasks.length === 0 || sources.some((source) => admits(permissions, port, source));
  }

  private instanceOf = ({ instance }: Task): Instance | undefined =>
    this.instances.find(({ InstanceId }) => InstanceId === instance.ec2InstanceId);

  private groupsOf = (task: Task): string[] =>
    task.taskDefinition.networkMode === 'awsvpc'
      ? (task.securityGroups ?? [])
      : (this.instanceOf(task)?.SecurityGroups ?? []).map(({ GroupId }) => GroupId!);

  private permissionsOf = (groups: string[]): IpPermission[] =>
    groups.flatMap((group) => this.permissions.get(group) ?? []);

  private sourcesOf(tasks: Task[], scheme: string | undefined): Source[] {
    return tasks
      .map((task) => {
        const { PrivateIpAddress = '', PublicIpAddress } = this.instanceOf(task) ?? {};
        return sourceSeenBy(scheme, {
          privateAddress: PrivateIpAddress,
          // A network interface of the task's own has no public address.
          ...(task.taskDefinition.networkMode === 'bridge' && PublicIpAddress && { publicAddress: PublicIpAddress }),
          ...(this.natAddress && { natAddress: this.natAddress }),
          groups: this.groupsOf(task),
        });
      })
      .filter((source) => source !== undefined);
  }
}
