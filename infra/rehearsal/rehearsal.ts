import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client, type LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Emulator } from '../test/support/emulator/emulator.ts';
import { containerInstances } from './account/instances.ts';
import { TaskAccess } from './account/task-access.ts';
import { Vpc } from './account/vpc.ts';
import { Agent } from './agent/agent.ts';
import { docker } from './agent/docker-engine.ts';
import { ecsHandlers } from './control-plane/ecs-api.ts';
import { Refusals } from './control-plane/refusals.ts';
import { startControlPlane } from './control-plane/proxy.ts';
import { RdsDatabase } from './database/rds.ts';
import { createInstanceCgroup, memoryOf, removeInstanceCgroup } from './host/cgroups.ts';
import { accountVariables } from './host/deploy-command.ts';
import { HostNetwork, NETWORK } from './host/network.ts';
import { LoadBalancers } from './load-balancer/load-balancers.ts';
import { Autoscaling } from './metrics/autoscaling.ts';
import { Usage } from './metrics/usage.ts';
import { targetHealthHandlers } from './load-balancer/target-health-api.ts';
import { CloudMap } from './names/cloud-map.ts';
import { DnsServer } from './names/dns-server.ts';
import { Registry } from './registry/registry.ts';
import { type ContainerInstance, isAlive, type Task } from './scheduler/model.ts';
import { Scheduler } from './scheduler/scheduler.ts';

const API_PORT = 4566;
const TICK_MS = 500;
/** Reading the whole account takes moto a while. */
const ACCOUNT_MS = 2000;
/** CloudWatch's and the autoscaling's minute. */
const MINUTE_MS = 60_000;
const SAMPLE_MS = 1000;
/** Longer than the names' TTL, as AWS keeps an address a while after it has left the name. */
const ADDRESS_OVERLAP_MS = 10_000;
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** An AWS account on this machine in which tasks run, and whose load balancers forward. */
export class Rehearsal {
  readonly scheduler: Scheduler;
  readonly loadBalancers: LoadBalancers;
  readonly usage = new Usage();
  /** Fast motion: how long a minute of autoscaling lasts, and of how long its metrics are averages. */
  pace: { minuteMs: number; windowMs: number } | undefined;
  private readonly peaks = new Map<string, number>();
  /** Which of a load balancer's addresses its name leads to: the newest, or the first. */
  private leadsTo: 0 | -1 = -1;
  private lastMinuteAt = Date.now();
  private readonly autoscaling: Autoscaling;
  private readonly balancers = new Map<string, LoadBalancer>();
  private readonly vpc = new Vpc();
  private readonly timers: NodeJS.Timeout[] = [];
  private server: Server | undefined;
  private dns: DnsServer | undefined;

  private readonly network: HostNetwork;
  private readonly emulator: Emulator;
  private readonly registry: Registry;
  private readonly database: RdsDatabase;
  private readonly cloudMap: CloudMap;
  readonly agent: Agent;

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
      deregister: (task) => this.loadBalancers.deregister(task),
    });
    this.scheduler = new Scheduler(this.agent);
    this.autoscaling = new Autoscaling(new ApplicationAutoScalingClient(this.client), this.scheduler);
    this.loadBalancers = new LoadBalancers(new ElasticLoadBalancingV2Client(this.client), {
      addressesOf: async (balancer) => {
        const { LoadBalancerArn, DNSName } = balancer;
        this.balancers.set(DNSName!.toLowerCase(), balancer);
        await network.addressFor(LoadBalancerArn!);
        return network.addressesOf(LoadBalancerArn!);
      },
      admits: (balancer, port) => this.vpc.admittedBy(balancer, port, this.serviceTasks),
      sources: (balancer, ranges) => this.vpc.asSeenHere(balancer, ranges, this.serviceTasks),
      reaches: (balancerArn, task) => {
        const balancer = [...this.balancers.values()].find(({ LoadBalancerArn }) => LoadBalancerArn === balancerArn);
        return balancer === undefined || this.vpc.reaches(balancer, task);
      },
      certificate: '',
    });
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
    return accountVariables(`http://${this.network.host}:${API_PORT}`);
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
    const balancer = this.balancers.get(name);
    if (balancer) return [this.network.addressesOf(balancer.LoadBalancerArn!).at(this.leadsTo)!];
    if (name === this.database.endpoint) return [this.network.addressOf('database')!];
    if (!this.vpc.hasDnsHostnames) return undefined;
    for (const [arn, registered] of this.cloudMap.names) if (registered === name) return this.registered(arn);
    return undefined;
  };

  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.network.admitTasks('database', 5432, true);
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
    const refusals = new Refusals(this.client);
    const handlers = {
      ...ecsHandlers(scheduler, refusals),
      ...refusals.handlers(),
      ...registry.handlers(),
      ...database.handlers(),
      ...cloudMap.handlers(),
      ...targetHealthHandlers(this.loadBalancers),
    };
    this.server = await startControlPlane(this.emulator.url, handlers, { host: network.host, port: API_PORT });
    this.dns = new DnsServer(this.addressesOf);
    await this.dns.listen(network.host);
    this.every(TICK_MS, async () => {
      await this.agent.observe();
      this.scheduler.tick();
      await this.loadBalancers.synchronise(this.scheduler.tasks, (task) => this.groupOf(task));
    });
    this.every(ACCOUNT_MS, () => this.readAccount());
    this.every(SAMPLE_MS, () => this.measure());
    this.every(100, () => this.autoscale());
  }

  /** Since the start. */
  get minutes(): number {
    return this.autoscaling.minutes;
  }

  /** Of the machine on the account's network; clients of the load balancers can come from each. */
  get hostAddresses(): string[] {
    return [this.network.host, ...this.scheduler.instances.map(({ address }) => address)];
  }

  /** What each instance's tasks hold of its memory, now and at most, in MiB. */
  get memory(): { instance: ContainerInstance; now: number; peak: number }[] {
    return this.scheduler.instances.map((instance) => {
      const now = memoryOf(instance.ec2InstanceId);
      return { instance, now, peak: Math.max(now, this.peaks.get(instance.id) ?? 0) };
    });
  }

  /** The database process ends and starts again: RDS's, or the container. */
  async restartDatabase(): Promise<void> {
    if (this.database.endpoint) return this.database.restart();
    const task = this.scheduler.tasks.find((it) => isAlive(it) && it.taskDefinition.family.endsWith('-database'))!;
    await docker('POST', `/containers/${task.containerId}/kill?signal=SIGINT`);
    while (isAlive(task)) await sleep(100);
  }

  /** Every load balancer gets another address; the earlier one ends some time later. */
  async changeAddresses(): Promise<string[]> {
    const balancers = [...this.balancers].map(([name, { LoadBalancerArn }]) => ({ name, arn: LoadBalancerArn! }));
    // A name leads to the new address when the load balancer listens there, and not before.
    this.leadsTo = 0;
    for (const { arn } of balancers) await this.network.renew(arn);
    await this.loadBalancers.readAccount();
    this.leadsTo = -1;
    await sleep(ADDRESS_OVERLAP_MS);
    const earlier = balancers.map(({ arn }) => this.network.retire(arn));
    // Connections to an earlier address end after their present request.
    await this.loadBalancers.readAccount();
    await sleep(ADDRESS_OVERLAP_MS);
    await this.network.release(earlier.flat());
    return balancers.map(({ name, arn }, n) => `${name}: ${earlier[n]!.join()} → ${this.network.addressOf(arn)}`);
  }

  private async measure(): Promise<void> {
    for (const { instance, peak } of this.memory) this.peaks.set(instance.id, peak);
    await this.usage.sample(this.scheduler.tasks, await this.loadBalancers.requests());
  }

  private async autoscale(): Promise<void> {
    const { minuteMs, windowMs } = this.pace ?? { minuteMs: MINUTE_MS, windowMs: MINUTE_MS };
    if (Date.now() - this.lastMinuteAt < minuteMs) return;
    this.lastMinuteAt = Date.now();
    await this.autoscaling.minute((service) => this.usage.metrics(service, windowMs));
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
    const ec2 = new EC2Client(this.client);
    await this.registerInstances(ec2);
    await this.vpc.read(ec2);
    await this.loadBalancers.readAccount();
    if (this.database.endpoint) {
      const isAdmitted = this.vpc.admittedToDatabase(this.database.groups, 5432, this.serviceTasks);
      await this.network.admitTasks('database', 5432, isAdmitted);
    }
    await this.provideCapacity();
  }

  /** Instances that run become the cluster's; one that was terminated takes its tasks with it. */
  private async registerInstances(ec2: EC2Client): Promise<void> {
    const { scheduler, network, agent } = this;
    const found = await containerInstances(ec2, (id) => network.addressFor(id));
    const isKnown = (known: ContainerInstance[], { id }: ContainerInstance) => known.some((it) => it.id === id);
    const gone = scheduler.instances.filter((it) => !isKnown(found, it));
    scheduler.instances.push(...found.filter((it) => !isKnown(scheduler.instances, it)));
    for (const instance of gone) {
      scheduler.instances.splice(scheduler.instances.indexOf(instance), 1);
      await agent.lose(instance, scheduler.tasks);
    }
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

  /** Tasks whose connections the security groups decide on. */
  private get serviceTasks(): Task[] {
    return this.scheduler.tasks.filter((task) => isAlive(task) && task.group.startsWith('service:'));
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
