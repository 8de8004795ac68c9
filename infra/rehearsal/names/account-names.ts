import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostNetwork } from '../host/network.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { CloudMap } from './cloud-map.ts';

/** The TTL of a load balancer's name. Source: Elastic Load Balancing user guide, "How Elastic Load Balancing works". */
const TTL_SECONDS = 60;
const LAST_REQUESTS_MS = 5000;

/** The names of an account's load balancers, database and Cloud Map services, and where they lead. */
export class AccountNames {
  private readonly balancers = new Map<string, LoadBalancer>();
  /** Which of a load balancer's addresses its name leads to: the newest, or the first. */
  private leadsTo: 0 | -1 = -1;
  private readonly network: HostNetwork;
  private readonly cloudMap: CloudMap;
  private readonly scheduler: Scheduler;
  private readonly speed: number;

  constructor(network: HostNetwork, cloudMap: CloudMap, scheduler: Scheduler, speed: number) {
    this.speed = speed;
    this.network = network;
    this.cloudMap = cloudMap;
    this.scheduler = scheduler;
  }

  /** @returns where the load balancer listens */
  async register(balancer: LoadBalancer): Promise<string[]> {
    this.balancers.set(balancer.DNSName!.toLowerCase(), balancer);
    await this.network.addressFor(balancer.LoadBalancerArn!);
    return this.network.addressesOf(balancer.LoadBalancerArn!);
  }

  balancerOf = (arn: string): LoadBalancer | undefined =>
    [...this.balancers.values()].find(({ LoadBalancerArn }) => LoadBalancerArn === arn);

  ofBalancer(name: string): string[] | undefined {
    const balancer = this.balancers.get(name);
    return balancer && [this.network.addressesOf(balancer.LoadBalancerArn!).at(this.leadsTo)!];
  }

  /** Of the tasks that run, of the service that Cloud Map names so. */
  ofService(name: string): string[] | undefined {
    const [arn] = [...this.cloudMap.names].find(([, registered]) => registered === name) ?? [];
    if (arn === undefined) return undefined;
    const { services, tasks } = this.scheduler;
    const groups = [...services.values()]
      .filter(({ serviceRegistryArn }) => serviceRegistryArn === arn)
      .map((service) => `${service.cluster} service:${service.name}`);
    return tasks
      .filter(({ cluster, group, lastStatus }) => lastStatus === 'RUNNING' && groups.includes(`${cluster} ${group}`))
      .flatMap(({ target }) => (target ? [target.address] : []));
  }

  /**
   * Every load balancer gets another address; the earlier one ends some time later.
   * @param configure has the load balancers listen at all their addresses, and at no other
   */
  async change(configure: () => Promise<void>): Promise<string[]> {
    const balancers = [...this.balancers].map(([name, { LoadBalancerArn }]) => ({ name, arn: LoadBalancerArn! }));
    // A name leads to the new address when the load balancer listens there, and not before.
    this.leadsTo = 0;
    for (const { arn } of balancers) await this.network.renew(arn);
    await configure();
    this.leadsTo = -1;
    await sleep((TTL_SECONDS * 1000) / this.speed);
    const earlier = balancers.map(({ arn }) => this.network.retire(arn));
    // Connections to an earlier address end after their present request.
    await configure();
    await sleep(LAST_REQUESTS_MS);
    await this.network.release(earlier.flat());
    return balancers.map(({ name, arn }, n) => `${name}: ${earlier[n]!.join()} → ${this.network.addressOf(arn)}`);
  }
}
