import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Server } from 'node:http';
import { Emulator } from '../test/support/emulator/emulator.ts';
import { containerInstances } from './account/instances.ts';
import { TaskAccess } from './account/task-access.ts';
import { Agent } from './agent/agent.ts';
import { ecsHandlers } from './control-plane/ecs-api.ts';
import { startControlPlane } from './control-plane/proxy.ts';
import { RdsDatabase } from './database/rds.ts';
import { createInstanceCgroup, removeInstanceCgroup } from './host/cgroups.ts';
import { HostNetwork, NETWORK } from './host/network.ts';
import { LoadBalancers } from './load-balancer/load-balancers.ts';
import { CloudMap } from './names/cloud-map.ts';
import { DnsServer } from './names/dns-server.ts';
import { Registry } from './registry/registry.ts';
import type { Task } from './scheduler/model.ts';
import { Scheduler } from './scheduler/scheduler.ts';

const API_PORT = 4566;
const TICK_MS = 500;
/** Reading the whole account takes moto a while. */
const ACCOUNT_MS = 2000;
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** An AWS account on this machine in which tasks run, and whose load balancers forward. */
export class Rehearsal {
  readonly scheduler: Scheduler;
  readonly loadBalancers: LoadBalancers;
  private readonly balancerNames = new Map<string, string>();
  private readonly timers: NodeJS.Timeout[] = [];
  private server: Server | undefined;
  private dns: DnsServer | undefined;

  private readonly network: HostNetwork;
  private readonly emulator: Emulator;
  private readonly registry: Registry;
  private readonly database: RdsDatabase;
  private readonly cloudMap: CloudMap;
  private readonly agent: Agent;

  private constructor(network: HostNetwork, emulator: Emulator, registry: Registry, database: RdsDatabase) {
    this.network = network;
    this.emulator = emulator;
    this.registry = registry;
    this.database = database;
    this.cloudMap = new CloudMap(emulator.url);
    this.agent = new Agent(new TaskAccess(this.client), {
      network: NETWORK,
      dns: network.host,
      cgroupOf: ({ instance }) => createInstanceCgroup(instance.ec2InstanceId, instance.cpu, instance.memory),
      certificateAuthority: database.certificateAuthority,
      deregister: (task) => this.deregister(task),
    });
    this.scheduler = new Scheduler(this.agent);
    this.loadBalancers = new LoadBalancers(
      new ElasticLoadBalancingV2Client(this.client),
      async ({ LoadBalancerArn, DNSName }) => {
        this.balancerNames.set(DNSName!.toLowerCase(), LoadBalancerArn!);
        return network.addressFor(LoadBalancerArn!);
      },
      '',
    );
  }

  static async start(): Promise<Rehearsal> {
    const network = await HostNetwork.create();
    const registry = new Registry();
    await registry.start();
    const database = new RdsDatabase(await network.addressFor('database'));
    const rehearsal = new Rehearsal(network, await Emulator.start(), registry, database);
    await rehearsal.run();
    return rehearsal;
  }

  /** What a program that speaks to the account is given. */
  get variables(): Record<string, string> {
    return { ...this.emulator.variables, AWS_ENDPOINT_URL: `http://${this.network.host}:${API_PORT}` };
  }

  /** Of the DNS server that knows the account's names. */
  get resolver(): string {
    return this.network.host;
  }

  get client() {
    return { endpoint: this.emulator.url, region: 'us-east-1', credentials: CREDENTIALS };
  }

  /** The address behind a name of the account. */
  addressesOf = (name: string): string[] | undefined => {
    const balancer = this.balancerNames.get(name);
    if (balancer) return [this.network.addressOf(balancer)!];
    if (name === this.database.endpoint) return [this.network.addressOf('database')!];
    for (const [arn, registered] of this.cloudMap.names) if (registered === name) return this.registered(arn);
    return undefined;
  };

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await HostNetwork.remove();
    for (const { ec2InstanceId } of this.scheduler.instances) removeInstanceCgroup(ec2InstanceId);
    this.server?.closeAllConnections();
    this.server?.close();
    this.dns?.close();
    await this.loadBalancers.stop();
    await this.database.stop();
    this.registry.stop();
    await this.emulator.stop();
  }

  private async run(): Promise<void> {
    const { scheduler, cloudMap, registry, database, network } = this;
    const handlers = {
      ...ecsHandlers(scheduler),
      ...registry.handlers(),
      ...database.handlers(),
      ...cloudMap.handlers(),
    };
    this.server = await startControlPlane(this.emulator.url, handlers, { host: network.host, port: API_PORT });
    this.dns = new DnsServer(this.addressesOf);
    await this.dns.listen(network.host);
    this.every(TICK_MS, async () => {
      await this.agent.observe();
      this.scheduler.tick();
    });
    this.every(ACCOUNT_MS, () => this.readAccount());
  }

  /** One round after the other, and none beside another. */
  private every(ms: number, work: () => Promise<void>): void {
    let isRunning = false;
    const round = () => {
      if (isRunning) return;
      isRunning = true;
      work()
        .catch((error: Error) => process.stderr.write(`rehearsal: ${error.message}\n`))
        .finally(() => (isRunning = false));
    };
    this.timers.push(setInterval(round, ms));
  }

  private async readAccount(): Promise<void> {
    await this.registerInstances();
    await this.loadBalancers.synchronise(this.scheduler.tasks, (task) => this.groupOf(task));
    await this.provideCapacity();
  }

  private async registerInstances(): Promise<void> {
    const { instances } = this.scheduler;
    const found = await containerInstances(new EC2Client(this.client), (id) => this.network.addressFor(id));
    for (const instance of found) if (!instances.some(({ id }) => id === instance.id)) instances.push(instance);
  }

  /** Managed scaling: an instance more where a task found no place. */
  private async provideCapacity(): Promise<void> {
    const isWaiting = [...this.scheduler.services.values()].some(
      ({ events, status }) => status === 'ACTIVE' && /unable to place a task/.test(events[0]?.message ?? ''),
    );
    if (!isWaiting) return;
    const scaling = new AutoScalingClient(this.client);
    const { AutoScalingGroups = [] } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
    for (const { AutoScalingGroupName, DesiredCapacity = 0, MaxSize = 0, Instances = [] } of AutoScalingGroups)
      if (DesiredCapacity < MaxSize && Instances.length === DesiredCapacity)
        await scaling.send(
          new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: DesiredCapacity + 1 }),
        );
  }

  private groupOf({ group, cluster }: Task): string | undefined {
    if (!group.startsWith('service:')) return undefined;
    return this.scheduler.serviceNamed(cluster, group.slice('service:'.length))?.targetGroupArn;
  }

  private async deregister(task: Task): Promise<void> {
    const group = this.groupOf(task);
    if (group) await this.loadBalancers.deregister(task, group);
  }

  private registered(arn: string): string[] {
    const services = [...this.scheduler.services.values()].filter(
      ({ serviceRegistryArn }) => serviceRegistryArn === arn,
    );
    return services.flatMap(({ name, cluster }) =>
      this.scheduler.tasks
        .filter(
          ({ group, cluster: of, lastStatus }) =>
            group === `service:${name}` && of === cluster && lastStatus === 'RUNNING',
        )
        .flatMap(({ target }) => (target ? [target.address] : [])),
    );
  }
}
