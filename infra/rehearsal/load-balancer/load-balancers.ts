import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type TargetGroup as DescribedGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '../scheduler/model.ts';
import { type Frontend, haproxyConfig, type Rule, SLOTS, type TargetGroup } from './haproxy-config.ts';
import { Haproxy } from './haproxy.ts';

interface Slot {
  task: Task;
  draining: boolean;
}

/** The account's load balancers, each at an address of its own, with the tasks of their target groups behind them. */
export class LoadBalancers {
  private readonly haproxy = new Haproxy();
  private readonly slots = new Map<string, (Slot | undefined)[]>();
  private delays = new Map<string, number>();
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly addressOf: (loadBalancer: LoadBalancer) => Promise<string>;
  private readonly certificate: string;

  constructor(
    elb: ElasticLoadBalancingV2Client,
    addressOf: (loadBalancer: LoadBalancer) => Promise<string>,
    certificate: string,
  ) {
    this.elb = elb;
    this.addressOf = addressOf;
    this.certificate = certificate;
  }

  /** Brings HAProxy up to date with what the account says, and with the services' tasks. */
  async synchronise(tasks: Task[], groupOf: (task: Task) => string | undefined): Promise<void> {
    await this.readAccount();
    for (const task of tasks) {
      const group = groupOf(task);
      if (group && task.target && task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING')
        await this.register(nameOf(group), task);
    }
    await this.readHealth();
  }

  /** Takes a target out: no new request reaches it; returns when the deregistration delay is over. */
  async deregister(task: Task, groupArn: string): Promise<void> {
    const name = nameOf(groupArn);
    const at = this.slots.get(name)?.findIndex((slot) => slot?.task === task) ?? -1;
    if (at < 0) return;
    this.slots.get(name)![at]!.draining = true;
    await this.haproxy.command(`set server ${name}/s${at} state drain`);
    // ECS sends SIGTERM when the delay is over, however few requests are left.
    await sleep((this.delays.get(name) ?? 300) * 1000);
    await this.haproxy.command(`set server ${name}/s${at} state maint`);
    this.slots.get(name)![at] = undefined;
  }

  /** Of each server: requests that it answered, by the task that it was. */
  async requests(): Promise<Map<Task, number>> {
    const counted = new Map<Task, number>();
    for (const [name, server, values] of await this.statistics()) {
      const slot = this.slots.get(name)?.[Number(server.slice(1))];
      if (slot) counted.set(slot.task, Number(values.stot));
    }
    return counted;
  }

  stop = (): Promise<void> => this.haproxy.stop();

  private async register(name: string, task: Task): Promise<void> {
    const slots = this.slots.get(name);
    if (!slots || slots.some((slot) => slot?.task === task)) return;
    const at = slots.findIndex((slot) => slot === undefined);
    if (at < 0) throw new Error(`The rehearsal's target groups have ${SLOTS} targets at most; ${name} needs one more.`);
    const { address, port } = task.target!;
    for (const change of [`addr ${address} port ${port}`, 'health down', 'state ready'])
      await this.haproxy.command(`set server ${name}/s${at} ${change}`);
    // Enabling a server makes it healthy at once; a target must pass its checks first.
    await this.haproxy.command(`set server ${name}/s${at} health down`);
    slots[at] = { task, draining: false };
  }

  private async readHealth(): Promise<void> {
    for (const [name, server, values] of await this.statistics()) {
      const slot = this.slots.get(name)?.[Number(server.slice(1))];
      if (!slot || slot.draining) continue;
      if (values.status === 'UP' || values.status?.startsWith('UP ')) slot.task.targetHealth = 'healthy';
      // A target that never passed is still "initial" until its checks have failed as often as it takes.
      else if (slot.task.targetHealth === 'healthy' || Number(values.chkfail) > 2) slot.task.targetHealth = 'unhealthy';
    }
  }

  private async statistics(): Promise<[name: string, server: string, values: Record<string, string>][]> {
    const [heading = '', ...lines] = (await this.haproxy.command('show stat').catch(() => '')).split('\n');
    const columns = heading.replace(/^# /, '').split(',');
    return lines
      .map((line) => line.split(','))
      .filter(([, server]) => server?.startsWith('s'))
      .map((cells) => [cells[0]!, cells[1]!, Object.fromEntries(columns.map((column, n) => [column, cells[n] ?? '']))]);
  }

  private async readAccount(): Promise<void> {
    const { LoadBalancers: balancers = [] } = await this.elb.send(new DescribeLoadBalancersCommand({}));
    const { TargetGroups = [] } = await this.elb.send(new DescribeTargetGroupsCommand({}));
    const attached = TargetGroups.filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length > 0);
    const groups = await Promise.all(attached.map((group) => this.readGroup(group)));
    const frontends = (await Promise.all(balancers.map((balancer) => this.readBalancer(balancer)))).flat();
    if (frontends.length === 0) return;
    const isNew = await this.haproxy.configure(haproxyConfig(frontends, groups));
    if (!isNew) return;
    const before = new Map(this.slots);
    this.slots.clear();
    for (const { name } of groups) this.slots.set(name, Array.from({ length: SLOTS }));
    for (const [name, slots] of before)
      for (const slot of slots) if (slot && !slot.draining) await this.register(name, slot.task);
  }

  private async readGroup(group: DescribedGroup): Promise<TargetGroup> {
    const { Attributes = [] } = await this.elb.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: group.TargetGroupArn }),
    );
    const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value ?? '300';
    const name = nameOf(group.TargetGroupArn!);
    this.delays.set(name, Number(delay));
    return {
      name,
      healthPath: group.HealthCheckPath ?? '/',
      matcher: group.Matcher?.HttpCode ?? '200',
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    };
  }

  private async readBalancer(balancer: LoadBalancer): Promise<Frontend[]> {
    const { LoadBalancerArn } = balancer;
    const { Listeners = [] } = await this.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    const { Attributes = [] } = await this.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    const address = await this.addressOf(balancer);
    const idle = Attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value ?? '60';
    return Promise.all(
      Listeners.map(async (listener) => ({
        name: `${balancer.LoadBalancerName}-${listener.Port}`,
        address,
        port: listener.Port!,
        idleTimeoutSeconds: Number(idle),
        ...(listener.Protocol === 'HTTPS' && { certificate: this.certificate }),
        rules: await this.readRules(listener),
      })),
    );
  }

  private async readRules({ ListenerArn }: Listener): Promise<Rule[]> {
    const { Rules = [] } = await this.elb.send(new DescribeRulesCommand({ ListenerArn }));
    const priority = ({ Priority }: { Priority?: string }) => (Priority === 'default' ? Infinity : Number(Priority));
    return [...Rules]
      .sort((a, b) => priority(a) - priority(b))
      .map(({ Conditions = [], Actions = [] }) => ({
        paths: Conditions.flatMap(({ Field, PathPatternConfig, Values }) => {
          if (Field !== 'path-pattern') throw new Error(`The rehearsal knows no listener condition "${Field}".`);
          return PathPatternConfig?.Values ?? Values ?? [];
        }),
        action: actionOf(Actions.at(-1)!),
      }));
  }
}

function actionOf(action: any): Rule['action'] {
  const { Type, TargetGroupArn, ForwardConfig, RedirectConfig, FixedResponseConfig } = action;
  switch (Type) {
    case 'forward':
      return { type: 'forward', targetGroup: nameOf(TargetGroupArn ?? ForwardConfig.TargetGroups[0].TargetGroupArn) };
    case 'redirect':
      return {
        type: 'redirect',
        statusCode: RedirectConfig.StatusCode,
        protocol: RedirectConfig.Protocol,
        port: RedirectConfig.Port,
      };
    case 'fixed-response':
      return {
        type: 'fixed-response',
        statusCode: Number(FixedResponseConfig.StatusCode),
        body: FixedResponseConfig.MessageBody ?? '',
      };
    default:
      throw new Error(`The rehearsal knows no listener action "${Type}".`);
  }
}

/** `…:targetgroup/<name>/<id>` */
const nameOf = (arn: string): string => arn.split('/')[1]!;
