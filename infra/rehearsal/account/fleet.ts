import type { Agent } from '../agent/agent.ts';
import type { ContainerInstance } from '../scheduler/model.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Clients } from './clients.ts';
import { containerInstances } from './instances.ts';

/** The account's EC2 instances as container instances of their clusters. */
export class Fleet {
  private readonly clients: Clients;
  private readonly scheduler: Scheduler;
  private readonly agent: Agent;
  private readonly addressFor: (id: string) => Promise<string>;

  constructor(clients: Clients, scheduler: Scheduler, agent: Agent, addressFor: (id: string) => Promise<string>) {
    this.clients = clients;
    this.scheduler = scheduler;
    this.agent = agent;
    this.addressFor = addressFor;
  }

  /** Instances that run become the cluster's; one that was terminated takes its tasks with it. */
  async read(): Promise<void> {
    const { instances: known, tasks } = this.scheduler;
    const found = await containerInstances(this.clients.ec2, this.addressFor);
    const isIn = (list: ContainerInstance[], { id }: ContainerInstance) => list.some((it) => it.id === id);
    const gone = known.filter((it) => !isIn(found, it));
    known.push(...found.filter((it) => !isIn(known, it)));
    for (const instance of gone) {
      known.splice(known.indexOf(instance), 1);
      await this.agent.lose(instance, tasks);
    }
  }

  /** Managed scaling: one instance more where a task found no place. @returns whether one is waiting */
  async provideCapacity(): Promise<boolean> {
    const isWaiting = [...this.scheduler.services.values()].some(
      ({ events, status }) => status === 'ACTIVE' && /unable to place a task/.test(events[0]?.message ?? ''),
    );
    if (!isWaiting) return false;
    const { autoScaling } = this.clients;
    const { AutoScalingGroups = [] } = await autoScaling.describeAutoScalingGroups({});
    for (const { AutoScalingGroupName, DesiredCapacity = 0, MaxSize = 0, Instances = [] } of AutoScalingGroups)
      if (DesiredCapacity < MaxSize && Instances.length === DesiredCapacity)
        await autoScaling.setDesiredCapacity({ AutoScalingGroupName, DesiredCapacity: DesiredCapacity + 1 });
    return true;
  }
}
