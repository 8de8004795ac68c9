import type { Server } from 'node:http';
import { accountVariables } from '../test/support/emulator/account-variables.ts';
import { Emulator } from '../test/support/emulator/emulator.ts';
import { type Clients, clientsOf } from './account/clients.ts';
import { Fleet } from './account/fleet.ts';
import { TaskAccess } from './account/task-access.ts';
import { Vpc } from './account/vpc.ts';
import { Agent } from './agent/agent.ts';
import { ecsHandlers } from './control-plane/ecs-api.ts';
import { startControlPlane } from './control-plane/proxy.ts';
import { refusals } from './control-plane/refusals.ts';
import { RdsDatabase } from './database/rds.ts';
import { createInstanceCgroup, memoryOf, removeInstanceCgroup } from './host/cgroups.ts';
import { API_PORT, HostNetwork } from './host/network.ts';
import { Rounds } from './host/rounds.ts';
import { takeSlot } from './host/slot.ts';
import { LoadBalancers } from './load-balancer/load-balancers.ts';
import { targetHealthHandlers } from './load-balancer/target-health-api.ts';
import { Autoscaling } from './metrics/autoscaling.ts';
import { Usage } from './metrics/usage.ts';
import { AccountNames } from './names/account-names.ts';
import { CloudMap } from './names/cloud-map.ts';
import { DnsServer } from './names/dns-server.ts';
import { Registry } from './registry/registry.ts';
import { type ContainerInstance, isAlive, type Task } from './scheduler/model.ts';
import { Scheduler } from './scheduler/scheduler.ts';

const TICK_MS = 500;
/** Reading the whole account takes moto a while, and it is read at once where it was changed through the endpoint. */
const ACCOUNT_MS = 10_000;
const CAPACITY_MS = 2000;
const LOG_MS = 2000;
/** CloudWatch's and the autoscaling's minute. */
const MINUTE_MS = 60_000;
const SAMPLE_MS = 1000;

/** An AWS account on this machine in which tasks run, and whose load balancers forward. */
export class Rehearsal {
  readonly agent: Agent;
  readonly scheduler: Scheduler;
  readonly loadBalancers: LoadBalancers;
  readonly database: RdsDatabase;
  readonly autoscaling: Autoscaling;
  readonly usage = new Usage();
  /** Fast motion: how long a minute of autoscaling lasts, and of how long its metrics are averages. */
  pace: { minuteMs: number; windowMs: number } | undefined;
  private readonly peaks = new Map<string, number>();
  private measured = 0;
  private lastMinuteAt = Date.now();
  private hasChanged = true;
  private tasksRead = '';
  private readAt = 0;
  private reading: Promise<void> = Promise.resolve();
  private readonly vpc = new Vpc();
  private readonly fleet: Fleet;
  private readonly names: AccountNames;
  private readonly cloudMap: CloudMap;
  private readonly rounds = new Rounds();
  private readonly clients: Clients;
  private readonly network: HostNetwork;
  private readonly emulator: Emulator;
  private readonly registry: Registry;
  private server: Server | undefined;
  private dns: DnsServer | undefined;

  private constructor(
    network: HostNetwork,
    emulator: Emulator,
    registry: Registry,
    database: RdsDatabase,
    speed: number,
  ) {
    this.network = network;
    this.emulator = emulator;
    this.registry = registry;
    this.database = database;
    this.clients = clientsOf(emulator.url);
    this.cloudMap = new CloudMap(emulator.url);
    this.agent = new Agent(new TaskAccess(this.clients, registry.host), {
      network: network.name,
      speed,
      dns: network.host,
      cgroupOf: ({ instance }) => createInstanceCgroup(instance.ec2InstanceId, instance.cpu, instance.memory),
      certificateAuthority: database.certificateAuthority,
      deregister: (task) => this.loadBalancers.deregister(task),
    });
    this.scheduler = new Scheduler(this.agent);
    this.fleet = new Fleet(this.clients, this.scheduler, this.agent, (id) => network.addressFor(id));
    this.names = new AccountNames(network, this.cloudMap, this.scheduler, speed);
    this.autoscaling = new Autoscaling(this.clients, this.scheduler);
    this.loadBalancers = new LoadBalancers(this.clients, {
      speed,
      addressesOf: (balancer) => this.names.register(balancer),
      admits: (balancer, port) => this.vpc.admittedBy(balancer, port, this.serviceTasks),
      sources: (balancer, ranges) => this.vpc.asSeenHere(balancer, ranges, this.serviceTasks),
      reaches: (balancerArn, task) => {
        const balancer = this.names.balancerOf(balancerArn);
        return balancer === undefined || this.vpc.reaches(balancer, task);
      },
    });
  }

  /** @param speed fast motion: how many times as fast passes what AWS only waits for */
  static async start(speed: number): Promise<Rehearsal> {
    const slot = await takeSlot();
    const registry = new Registry(slot);
    await registry.start();
    const network = new HostNetwork(slot);
    await network.create();
    const database = new RdsDatabase(await network.addressFor('database'));
    const rehearsal = new Rehearsal(network, await Emulator.start(), registry, database, speed);
    await rehearsal.run();
    return rehearsal;
  }

  async stop(): Promise<void> {
    this.rounds.stop();
    this.agent.unwatch();
    this.server?.closeAllConnections();
    this.server?.close();
    this.dns?.close();
    await this.loadBalancers.stop();
    await this.database.stop();
    this.registry.stop();
    await this.emulator.stop();
    await this.network.admitTasks('database', 5432, true);
    await this.network.remove();
    for (const { ec2InstanceId } of this.scheduler.instances) removeInstanceCgroup(ec2InstanceId);
  }

  /** What a program that speaks to the account is given. */
  get variables(): Record<string, string> {
    return accountVariables(`http://${this.network.host}:${API_PORT}`);
  }

  /** The address of the DNS server that knows the account's names. */
  get resolver(): string {
    return this.network.host;
  }

  /** Addresses of this machine that are not the tasks'; clients of the load balancers can come from each. */
  get hostAddresses(): string[] {
    return this.network.addresses;
  }

  /** What each instance's tasks held of its memory at most, in MiB. */
  get memory(): { instance: ContainerInstance; peak: number }[] {
    return this.scheduler.instances.map((instance) => ({ instance, peak: this.peaks.get(instance.id) ?? 0 }));
  }

  forgetPeaks(): void {
    this.peaks.clear();
  }

  /** The addresses behind a name of the account. */
  addressesOf = (name: string): string[] | undefined =>
    this.names.ofBalancer(name) ??
    (name === this.database.endpoint ? this.network.addressesOf('database') : undefined) ??
    (this.vpc.hasDnsHostnames ? this.names.ofService(name) : undefined);

  /** Every load balancer gets another address. @returns what led where, and leads where now */
  changeAddresses = (): Promise<string[]> => this.names.change(() => this.readAccount());

  /** The database goes on at another address, to which its name leads at once. @returns what led where */
  async failOverDatabase(): Promise<string> {
    const address = await this.network.renew('database');
    const earlier = this.network.retire('database');
    await this.database.failOver(address);
    await this.network.release(earlier);
    return `${earlier.join()} → ${address}`;
  }

  private async run(): Promise<void> {
    const { scheduler, cloudMap, registry, database, network, rounds } = this;
    const handlers = {
      ...ecsHandlers(scheduler, this.clients),
      ...refusals(this.clients),
      ...registry.handlers(),
      ...database.handlers(),
      ...cloudMap.handlers(),
      ...targetHealthHandlers(this.loadBalancers),
    };
    const address = { host: network.host, port: API_PORT };
    this.server = await startControlPlane(this.emulator.url, handlers, address, () => (this.hasChanged = true));
    this.dns = new DnsServer(this.addressesOf);
    await this.dns.listen(network.host);
    void this.agent.watch();
    rounds.every(LOG_MS, () => this.agent.passLogs());
    rounds.every(TICK_MS, async () => {
      scheduler.tick();
      await this.loadBalancers.synchronise(scheduler.tasks, (task) => scheduler.serviceOf(task)?.targetGroupArn);
    });
    rounds.every(TICK_MS, () => this.readChanges());
    rounds.every(CAPACITY_MS, async () => {
      if (await this.fleet.provideCapacity()) this.hasChanged = true;
    });
    rounds.every(SAMPLE_MS, () => this.measure());
    rounds.every(100, () => this.autoscale());
  }

  private async measure(): Promise<void> {
    for (const { id, ec2InstanceId } of this.scheduler.instances)
      this.peaks.set(id, Math.max(memoryOf(ec2InstanceId), this.peaks.get(id) ?? 0));
    // Docker's figures cost more than the cgroups': a minute in real time needs few.
    if (!this.pace && ++this.measured % 5) return;
    await this.usage.sample(this.scheduler.tasks, await this.loadBalancers.requests());
  }

  private async autoscale(): Promise<void> {
    const { minuteMs, windowMs } = this.pace ?? { minuteMs: MINUTE_MS, windowMs: MINUTE_MS };
    if (Date.now() - this.lastMinuteAt < minuteMs) return;
    this.lastMinuteAt = Date.now();
    await this.autoscaling.minute((service) => this.usage.metrics(service, windowMs));
  }

  /** What security groups and target groups admit depends on the tasks as well. */
  private async readChanges(): Promise<void> {
    const tasks = this.serviceTasks.map(({ id }) => id).join();
    if (!this.hasChanged && tasks === this.tasksRead && Date.now() - this.readAt < ACCOUNT_MS) return;
    this.tasksRead = tasks;
    this.hasChanged = false;
    this.readAt = Date.now();
    await this.readAccount();
  }

  /** One reading after the other: HAProxy takes one configuration at a time. */
  private readAccount(): Promise<void> {
    const read = async () => {
      await this.fleet.read();
      await this.vpc.read(this.clients);
      await this.loadBalancers.readAccount();
      if (!this.database.endpoint) return;
      const isAdmitted = this.vpc.admittedToDatabase(this.database.groups, 5432, this.serviceTasks);
      await this.network.admitTasks('database', 5432, isAdmitted);
    };
    return (this.reading = this.reading.then(read, read));
  }

  /** Tasks whose connections the security groups decide on. */
  private get serviceTasks(): Task[] {
    return this.scheduler.tasks.filter((task) => isAlive(task) && task.group.startsWith('service:'));
  }
}
