import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../account/clients.ts';
import { isAlive, type Task } from '../scheduler/model.ts';
import { describeLoadBalancers, nameOf, type Surroundings } from './described.ts';
import { haproxyConfig, type ServerSlot, SLOTS, type TargetGroup } from './haproxy-config.ts';
import { Haproxy } from './haproxy.ts';
import { afterCheck, checkTarget, type TargetHealth, unchecked } from './target-health.ts';

export interface Target {
  task: Task;
  group: TargetGroup;
  /** Of HAProxy's server. */
  slot: number;
  health: TargetHealth;
  nextCheckAt: number;
  isDraining: boolean;
  /** Requests that it got from an HAProxy process that is gone. */
  earlierRequests: number;
}

export interface LoadBalancersOptions extends Surroundings {
  /** Whether the target's security groups let the load balancer in. */
  reaches(balancerArn: string, task: Task): boolean;
}

/** The account's load balancers, each at an address of its own, with the tasks of their target groups behind them. */
export class LoadBalancers {
  targets: Target[] = [];
  private groups: TargetGroup[] = [];
  private readonly haproxy = new Haproxy();
  /** What HAProxy was told of each server. */
  private readonly routed = new Map<string, string>();
  private readonly elb: Clients['elb'];
  private readonly options: LoadBalancersOptions;
  private configured = '';

  constructor({ elb }: Clients, options: LoadBalancersOptions) {
    this.elb = elb;
    this.options = options;
  }

  /** Takes over what the account says of load balancers, listeners, rules and target groups. */
  async readAccount(): Promise<void> {
    const { frontends, groups } = await describeLoadBalancers(this.elb, this.options);
    if (frontends.length === 0) return;
    const asked = JSON.stringify([frontends, groups]);
    if (asked === this.configured) return;
    this.groups = groups;
    for (const target of this.targets)
      target.group = groups.find(({ name }) => name === target.group.name) ?? target.group;
    for (const [target, count] of await this.counted()) target.earlierRequests += count;
    await this.haproxy.configure(
      haproxyConfig(frontends, groups, (name) => this.serversOf(name), this.haproxy.badGateway),
    );
    this.routed.clear();
    for (const target of this.targets) this.routed.set(serverOf(target), this.isRouted(target) ? 'ready' : 'maint');
    this.configured = asked;
  }

  /** Registers tasks that run, forgets tasks that have ended, checks targets, and routes to those that are healthy. */
  async synchronise(tasks: Task[], groupOf: (task: Task) => string | undefined, now = Date.now()): Promise<void> {
    for (const target of this.targets.filter(({ task }) => !isAlive(task))) await this.forget(target);
    for (const task of tasks) {
      const arn = groupOf(task);
      if (arn && task.target && task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING')
        this.register(arn, task);
    }
    for (const target of this.targets) if (target.nextCheckAt <= now && !target.isDraining) this.check(target, now);
    for (const target of this.targets) await this.route(target);
  }

  /** Takes a target out: no new request reaches it; returns when the deregistration delay is over. */
  async deregister(task: Task): Promise<void> {
    const target = this.targets.find((it) => it.task === task);
    if (!target) return;
    target.isDraining = true;
    await this.route(target);
    // ECS sends SIGTERM when the delay is over, however few requests are left.
    await sleep(target.group.deregistrationDelaySeconds * 1000);
    await this.forget(target);
  }

  /** Of each target: requests that it got. */
  async requests(): Promise<Map<Task, number>> {
    const counted = await this.counted();
    return new Map(this.targets.map((it) => [it.task, it.earlierRequests + (counted.get(it) ?? 0)]));
  }

  stop = (): Promise<void> => this.haproxy.stop();

  private register(arn: string, task: Task): void {
    const group = this.groups.find((it) => it.arn === arn);
    if (!group || this.targets.some((it) => it.task === task)) return;
    const taken = this.targets.filter((it) => it.group.arn === arn).map(({ slot }) => slot);
    const slot = Array.from({ length: SLOTS }, (_, n) => n).find((n) => !taken.includes(n));
    if (slot === undefined) throw new Error(`The rehearsal has ${SLOTS} targets in a group at most: ${group.name}.`);
    const fresh = { health: unchecked(), nextCheckAt: 0, isDraining: false, earlierRequests: 0 };
    this.targets.push({ task, group, slot, ...fresh });
  }

  private async forget(target: Target): Promise<void> {
    if (!this.targets.includes(target)) return;
    await this.tell(target, 'maint');
    this.targets = this.targets.filter((it) => it !== target);
    this.routed.delete(serverOf(target));
  }

  private check(target: Target, now: number): void {
    const { group, task } = target;
    target.nextCheckAt = now + group.check.intervalSeconds * 1000;
    const result = this.options.reaches(group.balancerArn, task)
      ? checkTarget(task.target!, group.check)
      : sleep(group.check.timeoutSeconds * 1000, 'Target.Timeout' as const);
    void result.then((outcome) => {
      target.health = afterCheck(target.health, outcome, group.check);
      if (task.desiredStatus === 'RUNNING') task.targetHealth = target.health.state;
    });
  }

  /** Where no target of a group is healthy, an ALB routes to all that it has checked ("fails open"). */
  private isRouted({ health: { state }, group, isDraining }: Target): boolean {
    if (isDraining) return false;
    const others = this.targets.filter((it) => it.group.arn === group.arn && !it.isDraining);
    return state === 'healthy' || (state === 'unhealthy' && !others.some((it) => it.health.state === 'healthy'));
  }

  private async route(target: Target): Promise<void> {
    await this.tell(target, this.isRouted(target) ? 'ready' : target.isDraining ? 'drain' : 'maint');
  }

  private async tell(target: Target, state: 'ready' | 'drain' | 'maint'): Promise<void> {
    const server = serverOf(target);
    const known = this.routed.get(server) ?? 'maint';
    if (known === state || (known === 'maint' && state === 'drain')) return;
    this.routed.set(server, state);
    const { address, port } = target.task.target!;
    if (state === 'ready') await this.haproxy.command(`set server ${server} addr ${address} port ${port}`);
    await this.haproxy.command(`set server ${server} state ${state}`);
  }

  private serversOf(name: string): (ServerSlot | undefined)[] {
    const own = this.targets.filter(({ group }) => group.name === name);
    return Array.from({ length: SLOTS }, (_, n) => {
      const target = own.find(({ slot }) => slot === n);
      return target && { ...target.task.target!, isRouted: this.isRouted(target) };
    });
  }

  private async counted(): Promise<Map<Target, number>> {
    const statistics = await this.haproxy.statistics();
    return new Map(this.targets.map((target) => [target, statistics.get(serverOf(target)) ?? 0]));
  }
}

/** What HAProxy calls a target. */
const serverOf = ({ group, slot }: Target): string => `${nameOf(group.arn)}/s${slot}`;
