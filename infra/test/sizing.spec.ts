import { describe, expect, it } from '@jest/globals';
import { serviceNames } from '../environments/environment.ts';
import { environments } from '../environments/index.ts';
import { ServiceSettings } from '../environments/settings/service.ts';
import { settings } from '../environments/settings/settings.ts';
import { countAtRest, restingUsage } from '../sizing/autoscaling.ts';
import { instancesAtRest, maxInstances, tasksDuringDeployment } from '../sizing/capacity.ts';
import { instanceTypes } from '../sizing/instances.ts';
import { instancesFor, usableMemoryMiB, instanceCapacity } from '../sizing/instance-capacity.ts';

const task = (cpu: number, memoryMiB: number, needsNetworkInterface = false) => ({
  cpu,
  memoryMiB,
  needsNetworkInterface,
});
const micro = instanceCapacity(instanceTypes['t2.micro']!);

describe('Sizing', () => {
  it('takes off an instance what its kernel and the agent keep', () => {
    expect([1024, 2048, 8192].map(usableMemoryMiB)).toEqual([920, 1872, 7586]);
  });

  it('counts a task address for each network interface but the instance’s own, and more with trunking', () => {
    expect(micro).toEqual({ cpu: 1024, memoryMiB: 920, networkInterfaces: 1 });
    expect(instanceCapacity(instanceTypes['m7g.large']!).networkInterfaces).toBe(2);
    expect(instanceCapacity(instanceTypes['m7g.large']!, true).networkInterfaces).toBe(10);
    expect(instanceCapacity(instanceTypes['t3.small']!, true).networkInterfaces).toBe(2);
  });

  it.each([
    ['memory', [task(100, 460), task(100, 460), task(100, 460)], 2],
    ['CPU', [task(512, 100), task(512, 100), task(512, 100)], 2],
    ['addresses', [task(10, 10, true), task(10, 10, true), task(10, 10)], 2],
    ['nothing', [], 0],
  ])('packs by %s', (_, tasks, count) => {
    expect(instancesFor(tasks, micro)).toBe(count);
  });

  it('says that a task larger than an empty instance fits on none', () => {
    expect(instancesFor([task(100, 921)], micro)).toBe(Infinity);
  });

  it('holds the lab’s deployment, both services twice over and the database, on its two t2.micro', () => {
    const tasks = tasksDuringDeployment(environments.lab!({}), 'desiredCount');
    expect(tasks).toHaveLength(9);
    expect(instancesFor(tasks, micro)).toBe(2);
  });

  it.each(Object.entries(environments))('stays at the desired count of %s without requests', (_, define) => {
    const { services } = define({});
    for (const name of serviceNames)
      expect(countAtRest(services[name], restingUsage(name, services[name]))).toBe(services[name].desiredCount);
  });

  it('computes that a memory target below the resting size grows to the maximum, since memory is not shared out', () => {
    const service = settings(ServiceSettings, { targetMemoryPercent: 75, desiredCount: 2, minCount: 2, maxCount: 6 });
    const usage = (memoryPercent: number) => ({ cpuPercent: 4, memoryPercent });
    expect([60, 70, 76].map((percent) => countAtRest(service, usage(percent)))).toEqual([2, 2, 6]);
  });

  it('keeps a third instance running at a target of 90 % where tasks are on both of two', () => {
    const with90 = environments.production!({});
    Object.assign(with90.cluster, { targetCapacityPercent: 90 });
    expect([environments.production!({}), with90].map(instancesAtRest)).toEqual([2, 3]);
  });

  it('lets the cluster grow to what all tasks at their maximum take during a deployment', () => {
    const production = environments.production!({});
    // 12 tasks of 512 CPU units and 12 of 256 are 9216 units; an instance has 2048.
    expect(tasksDuringDeployment(production, 'maxCount')).toHaveLength(24);
    expect(maxInstances(production)).toBe(5);
  });
});
